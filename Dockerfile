# The hub, without servers, compilers or root: a web process by default, a worker with the command `work`.
# Versions follow what is tested: Python as in CI, Node as in requirements-run.lock.

FROM node:24.18-slim AS pages
WORKDIR /web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web ./
RUN npm run build

FROM python:3.11-slim AS packages
COPY requirements.lock ./
# Ready-made wheels with known hashes only. The environment gets no pip: nothing installs anything into it later.
RUN python -m venv --without-pip /opt/packages \
 && pip --python /opt/packages/bin/python install --no-cache-dir --disable-pip-version-check \
    --only-binary :all: --require-hashes --requirement requirements.lock

FROM python:3.11-slim
LABEL org.opencontainers.image.title="Parley" \
      org.opencontainers.image.description="A conversational lead hub: every message a lead writes, in one live inbox" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 parley \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin parley \
 && install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/parley/files
WORKDIR /opt/parley
COPY --from=packages /opt/packages /opt/packages
COPY LICENSE ./
COPY --from=pages /web/dist web/dist
COPY agents agents
COPY channels channels
COPY hub hub
# The file system is read-only later, so the bytecode is written now.
RUN /opt/packages/bin/python -m compileall -q --invalidation-mode unchecked-hash agents channels hub
# The data folder is for embedded servers, which are not in here: it is named so that a missing URL is said plainly.
# A volume that is put where the files are kept takes over the folder's owner.
ENV PATH=/opt/packages/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PARLEY_HOST=0.0.0.0 \
    PARLEY_PORT=8000 \
    PARLEY_WORK_PORT=8000 \
    PARLEY_DATA=/tmp/parley \
    PARLEY_FILES=file:///var/lib/parley/files \
    PARLEY_LOG_FORMAT=json
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# "This process answers", of web and worker alike. Whether requests should come here is what a proxy asks /ready.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8000, timeout=4); c.request('GET', '/live'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m", "hub"]
CMD ["serve"]
