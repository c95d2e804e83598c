"""The files that programs look for at fixed addresses, before they know anything of a site."""

from __future__ import annotations

from collections.abc import Sequence

from opendata.discovery.model import Release
from opendata.formats.json import dump

#: Media type of an API catalogue; the profile tells that it is one (RFC 9727 §4.2).
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
TEXT = "text/plain; charset=utf-8"

API_CATALOG = "/.well-known/api-catalog"
SECURITY = "/.well-known/security.txt"

#: Datasets that are listed for language models; the API has them all.
_LISTED = 50


def robots(base_url: str) -> bytes:
    """Return ``/robots.txt`` (RFC 9309): everything may be read."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base_url}/sitemap.xml\n".encode()


def api_catalog(base_url: str, others: Sequence[str]) -> bytes:
    """Return the linkset of the APIs (RFC 9727, RFC 9264).

    :param others: paths of what harvesters ask beside our own API.
    """
    api = {
        "anchor": f"{base_url}/v1",
        "service-desc": [
            {"href": f"{base_url}/openapi.json", "type": "application/json"},
            {"href": f"{base_url}/openapi.yaml", "type": "application/yaml"},
        ],
        "service-doc": [{"href": f"{base_url}/docs", "type": "text/html"}],
        "status": [{"href": f"{base_url}/readyz", "type": "application/json"}],
    }
    items = [{"href": f"{base_url}{path}"} for path in ("/v1", *others)]
    catalogue = {"anchor": f"{base_url}{API_CATALOG}", "item": items}
    return dump({"linkset": [catalogue, api]}) + b"\n"


def llms(base_url: str, newest: Sequence[Release], catalogues: Sequence[str]) -> bytes:
    """Return ``/llms.txt`` (llmstxt.org): what there is and how to ask, for language models.

    :param newest: the latest version of every dataset, the newest first.
    :param catalogues: paths of whole-site catalogues.
    """
    datasets = [
        f"- [{release.title.en}]({base_url}/v1/datasets/{release.dataset}): {release.title.zh}; "
        f"`{release.dataset}` {release.version}, {release.licence}"
        for release in newest[:_LISTED]
    ]
    listed = [f"- [{path}]({base_url}{path})" for path in catalogues]
    filled = _LLMS.format(base=base_url, datasets="\n".join(datasets))
    return (filled + "".join(f"{line}\n" for line in listed)).encode()


_LLMS = """\
# opendata: government work reports as open data 政府工作报告开放数据

> Targets, projects and glossary terms of Chinese government work reports as versioned, verifiable \
datasets, in Chinese and English. An unofficial reading.
> 把政府工作报告中的目标、项目和名词整理成有版本、可核对的数据，中英文对照。非官方解读。

Every record quotes the report and gives the place in it. Addresses with a version never change; \
those without one give the latest. Add `.csv`, `.ndjson` or `.xlsx` to the address of a collection \
for all its rows. Cite a version, not the latest address. Unknown parameters are refused, never \
ignored.

每条记录都引用报告原文并注明位置。带版本号的地址永不改变，不带的给出最新版本。集合的地址加 \
`.csv`、`.ndjson` 或 `.xlsx` 即得全部行。引用时请注明版本。未知参数一律拒绝，从不忽略。

## Documentation 文档

- [OpenAPI description]({base}/openapi.json): every address and parameter 接口描述
- [Guide]({base}/docs): ten minutes for each kind of user 上手指南
- [API reference]({base}/docs/reference): to read and try 接口文档
- [Fields]({base}/v1/schema): what every field means, zh and en 字段说明
- [Code lists]({base}/v1/vocabularies): units, areas, indicators 代码表
- [Errors]({base}/docs/errors): what each means and how to mend it 错误说明

## Datasets 数据集

{datasets}

## Data 数据

- [All datasets]({base}/v1/datasets): with their downloads 全部数据集及下载
- [Targets]({base}/v1/targets): of all datasets 全部目标
- [Projects]({base}/v1/projects): of all datasets 全部项目
- [Terms]({base}/v1/glossary): of all datasets 全部名词
- [Search]({base}/v1/search?q=GDP): any stretch of Chinese, English words, pinyin 全文检索

## Optional 更多

- [Changes]({base}/v1/changes): versions in the order they were published 按发布时间列出的版本
- [Feed]({base}/feed.atom): releases and corrections 发布与更正的订阅源
- [Feed in English]({base}/feed.en.atom): releases and corrections 英文订阅源
- [Sitemap]({base}/sitemap.xml): every address 站点地图
"""
