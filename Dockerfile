# The page and the API, without the frameworks: docker build -t recommender . && docker run -p 8000:8000 recommender
FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
# The versions are those that pyproject.toml admits on the day of the build.
# hadolint ignore=DL3013
RUN pip install --no-cache-dir --prefix /install ".[web]"

FROM python:3.12-slim
COPY --from=build /install /usr/local
RUN useradd --uid 1000 --create-home recommender
USER 1000
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["recommender", "web", "--host", "0.0.0.0", "--allow-host", "localhost"]
