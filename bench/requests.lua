-- Sends the requests of a file one after the other, and again: method, path, header fields and body of
-- each on a line, parted by tabs; fields as name and value. wrk -s requests.lua URL -- FILE
local made, turn = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local parts = {}
    for part in (line .. "\t"):gmatch("([^\t]*)\t") do parts[#parts + 1] = part end
    local headers = {}
    for index = 4, #parts - 1, 2 do headers[parts[index]] = parts[index + 1] end
    made[#made + 1] = wrk.format(parts[1], parts[2], headers, parts[3] ~= "" and parts[3] or nil)
  end
end

function request()
  turn = turn % #made + 1
  return made[turn]
end
