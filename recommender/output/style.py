"""The style sheet of the HTML page: light and dark, narrow and wide, and for print."""

STYLE = """
.recommender{color-scheme:light dark;--ink:#1c1e21;--soft:#55595f;--paper:#fff;--card:#f6f7f8;
--line:#d5d8dc;--good:#0b6b3a;--bad:#a3261d;--warn:#7a4d00;--link:#0b57a4;--for:#2a8f5b;
--against:#c8553d;--second:#9fb8a9;--third:#dfe5e1;
margin:0;background:var(--paper);color:var(--ink);line-height:1.55;overflow-wrap:anywhere;
font-family:system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC",
"Microsoft YaHei",sans-serif;
@media(prefers-color-scheme:dark){--ink:#e8eaed;--soft:#a9afb7;--paper:#15171a;--card:#1e2125;
--line:#3a3f45;--good:#6fd39b;--bad:#ff9d8f;--warn:#f0c36d;--link:#8ec3ff;--for:#4fb882;
--against:#e57f68;--second:#48705a;--third:#2c3a32}
*{box-sizing:border-box}
article{max-width:52rem;margin:0 auto;padding:1.25rem 1rem 3rem}
h1{font-size:1.55rem;line-height:1.3;margin:.5rem 0 1rem}
h2{font-size:1.12rem;margin:2rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}
p{margin:.5rem 0}
a{color:var(--link)}
.notes{color:var(--soft);border-left:3px solid var(--line);padding-left:.75rem}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}.dim{color:var(--soft)}
code{font-family:ui-monospace,"Cascadia Mono",Consolas,monospace;font-size:.92em}
ul.items{list-style:none;margin:.5rem 0;padding:0}
ul.items>li{display:grid;grid-template-columns:6.4rem 1fr;gap:0 .75rem;padding:.45rem 0}
ul.items.plain>li{grid-template-columns:1rem 1fr;padding:.2rem 0}
ul.items>li>.mark{text-align:right;font-variant-numeric:tabular-nums;font-weight:600}
ul.items>li>.said p{margin:0}
ul.items>li>.said .detail{font-size:.9rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:.35rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;
border-bottom:1px solid var(--line);font-weight:400}
thead th{color:var(--soft);font-size:.85rem}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.drawn{width:34%;vertical-align:middle}
.figure{display:block;width:100%;height:1.1rem}
.for,.rank-1{fill:var(--for)}.against{fill:var(--against)}
.rank-2{fill:var(--second)}.rank-3,.track{fill:var(--third)}
.knob{fill:var(--ink)}
.axis,.tick{stroke:var(--soft);stroke-width:1;vector-effect:non-scaling-stroke}
details{background:var(--card);border:1px solid var(--line);border-radius:.4rem;
padding:.2rem .9rem;margin-top:2rem}
details h2{border:0;margin:0;padding:.4rem 0;display:inline-block}
summary{cursor:pointer}
a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media(max-width:34rem){ul.items>li{grid-template-columns:minmax(1rem,max-content) 1fr}
ul.items>li>.mark{text-align:left}td.drawn{width:30%}}
@media print{article{max-width:none}details{border:0}}
}
""".strip()
"""Everything stands under one class, so that a notebook can hold a report beside its own cells."""
