# One image for judge, track and desk: the project and its pinned packages.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# Packages first: they change seldom, and the layer is kept. The lock file only pins here, so that
# the tools of development stay out.
COPY pyproject.toml requirements.lock README.md ./
RUN mkdir regulator streams \
    && touch regulator/__init__.py streams/__init__.py \
    && pip install --constraint requirements.lock --editable . \
    && rm -r regulator streams

COPY regulator regulator
COPY streams streams
COPY config config

RUN useradd --system --uid 10001 --home-dir /var/lib/regulator --create-home regulator
USER regulator
ENV REGULATOR_HOME=/var/lib/regulator REGULATOR_CONSOLE_HOST=0.0.0.0 REGULATOR_METRICS_HOST=0.0.0.0
VOLUME /var/lib/regulator
STOPSIGNAL SIGTERM
ENTRYPOINT ["regulator"]
CMD ["--help"]
