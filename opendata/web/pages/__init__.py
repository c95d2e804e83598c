"""Pages for people: one more representation, ``html``, of the resources at the same addresses.

A page is made in three steps, one module each, so that each can be read alone:

1. **view** (``pages/things.py``, a function): reads the request with :mod:`opendata.web.query`,
   asks the store, and answers with :func:`opendata.web.pages.answering.page_answer`. It has the
   signature of every view: ``view(resource, suffix=None, *, dataset=None, …) -> Response``.
2. **model** (a frozen dataclass beside it): everything the template shows, as plain values in the
   reader's language where that is the page's own, and as :class:`Label` or records where it is
   data. No query runs while a template is rendered.
3. **template** (``templates/pages/things.html``): extends ``pages/base.html`` and fills the blocks
   ``title``, ``head`` (for JSON-LD or cards, seldom needed) and ``main``. It gets the model as
   ``page`` and what :mod:`opendata.web.pages.rendering` gives every template:

   ``t("key")``             a text of the catalogue (:mod:`opendata.web.pages.texts`) in the
                            reader's language; ``t("key", n=3)`` fills its ``{n}``
   ``say(label)``           a :class:`Label` or a ``{zh, en}`` of a record in the reader's
                            language; what is missing there is shown in the other, and said so
   ``marked(text)``         a text of unknown language, with ``lang`` where it is not the reader's
   ``link(path, **query)``  an address of this site, root-relative; it keeps the language that was
                            asked for, and ``.html`` on a page that was reached with it
   ``file(path, **query)``  the same for what is no page (downloads, feeds): nothing is added
   ``number(n)``, ``day(d)``  in the reader's form; ``asset("site.css")`` a file of the site

To add a page: write the three, add its texts to a module in ``texts/`` (Chinese and English side
by side), name the kind of resource in ``opendata.spec.resources.Resource.paged`` and the view in
:data:`opendata.web.routes._PAGES`. Addresses that are no resources (``/``, ``/docs``) are served
by a blueprint of their own and use the same ``page_answer``. Nothing is inline: rules go into
``static/site.css``, scripts into ``static/site.js``, and a page must be whole without the latter.
"""
