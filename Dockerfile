# The datasets, compiled and ready to serve. Build: docker build --build-arg OPENDATA_BASE_URL=https://… -t opendata .
# Run: docker run --read-only -p 8000:8000 opendata

FROM python:3.13-slim AS build
ARG OPENDATA_BASE_URL=http://127.0.0.1:8000
ENV OPENDATA_BASE_URL=$OPENDATA_BASE_URL OPENDATA_STORE=/srv/opendata PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
RUN python3 -m venv /app
COPY requirements/run.lock requirements/
RUN /app/bin/python -m pip install --quiet --no-cache-dir --require-hashes --requirement requirements/run.lock
COPY pyproject.toml README.md LICENSE ./
COPY opendata opendata
COPY datasets/vocabularies datasets/vocabularies
RUN /app/bin/python -m pip install --quiet --no-cache-dir --no-deps --no-build-isolation .
COPY datasets datasets
# when earlier images first published each version, where there were any (docs/serving.md)
COPY LICENSE published.jso[n] ./
RUN mkdir -p /srv/opendata && if [ -f published.json ]; then cp published.json /srv/opendata; fi
RUN /app/bin/opendata validate && /app/bin/opendata build && rm -r /srv/opendata/parts /srv/opendata/lock
# what only the build needed
RUN /app/bin/python -m pip uninstall --quiet --yes hatchling editables && /app/bin/python -m compileall -q /app

FROM python:3.13-slim
COPY --from=build /app /app
COPY --from=build /srv/opendata /srv/opendata
ENV OPENDATA_STORE=/srv/opendata PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=5s \
  CMD ["/app/bin/python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["/app/bin/opendata", "serve", "--bind", "0.0.0.0:8000"]
