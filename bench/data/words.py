"""Words that made-up titles are made of, in Chinese and English."""

from __future__ import annotations

PLACES = (
    *(("东河", "Donghe"), ("西岭", "Xiling"), ("南湖", "Nanhu"), ("北港", "Beigang")),
    *(("柳溪", "Liuxi"), ("青山", "Qingshan"), ("白沙", "Baisha"), ("龙泉", "Longquan")),
    *(("金桥", "Jinqiao"), ("云台", "Yuntai"), ("石门", "Shimen"), ("新安", "Xinan")),
    *(("长乐", "Changle"), ("永丰", "Yongfeng"), ("临江", "Linjiang"), ("安平", "Anping")),
)
KINDS = (
    *(("绿色", "green"), ("数字", "digital"), ("现代", "modern"), ("公共", "public")),
    *(("农村", "rural"), ("城市", "urban"), ("科技", "scientific"), ("传统", "traditional")),
    *(("高端", "advanced"), ("小微", "micro"), ("外向", "export"), ("集体", "collective")),
    *(("民营", "private"), ("智能", "smart"), ("生态", "ecological"), ("社区", "community")),
)
SUBJECTS = (
    *(("工业产值", "industrial output"), ("服务业收入", "services revenue")),
    *(("粮食产量", "grain harvest"), ("旅游人次", "tourist visits")),
    *(("学校学位", "school places"), ("医院床位", "hospital beds")),
    *(("养老服务", "elderly care"), ("就业岗位", "employment posts")),
    *(("住房改造", "housing renewal"), ("道路建设", "road building")),
    *(("污水处理", "sewage treatment"), ("植树造林", "tree planting")),
    *(("专利授权", "patents granted"), ("进出口额", "foreign trade")),
    *(("仓储物流", "warehouse logistics"), ("水利工程", "water works")),
)
