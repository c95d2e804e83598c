// What pages do better with a script; they are whole without it.
"use strict";

// Copy buttons, which are hidden where there is no script.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.innerText.trimEnd());
    const said = button.textContent;
    button.textContent = button.dataset.done || "✓";
    setTimeout(() => (button.textContent = said), 2000);
  });
}

// Filters: the count of what the form would find, told as it changes.
const form = document.querySelector("form[data-count]");
if (form) {
  const told = form.querySelector("output");
  let asked = 0;
  const query = () => {
    const found = new URLSearchParams();
    const data = new FormData(form);
    const condition = data.get("add");
    for (const [name, value] of data) {
      if (value === "" || name === "add" || name === "lang") continue;
      found.append(name === "to" ? condition || "" : name, value);
    }
    found.delete("");
    for (const name of ["fields", "facet", "sort", "limit", "cursor"]) found.delete(name);
    found.set("limit", "1");
    return found;
  };
  const count = async () => {
    const turn = ++asked;
    const answer = await fetch(`${form.dataset.count}?${query()}`);
    if (turn !== asked) return;
    const total = answer.ok ? (await answer.json()).meta.total : null;
    told.textContent = total === null ? "" : form.dataset.said.replace("{n}", total.toLocaleString("en"));
  };
  let wait = 0;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(count, 250);
  });
  // an address without what is empty, and without a detour by the server
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  });
}
