# The handouts command with all it needs, and our library.
#
#     docker build -t handouts .
#     docker run --rm -v "$PWD/output:/handouts/output" --user "$(id -u):$(id -g)" handouts build
#
# A project of your own: mount its folder, make it the working directory.
#
#     docker run --rm -v "$PWD:/project" -w /project --user "$(id -u):$(id -g)" handouts build

FROM python:3.12-slim-bookworm

# A user from --user has no home: caches go where anyone may write.
ENV HOME=/tmp \
    PIP_NO_CACHE_DIR=1 \
    PYTHONUNBUFFERED=1

WORKDIR /handouts

# Changes seldom, so it comes first: Pango, the virtual environment, the packages of the lock file.
COPY script/bootstrap script/bootstrap
COPY requirements.lock ./
RUN script/bootstrap && rm -rf /var/lib/apt/lists/*

COPY . .

# Any user may write what a build makes: --user is free to be the one who owns the mounted folder.
RUN useradd handouts && \
    mkdir -p output .cache && \
    chmod 1777 output .cache
USER handouts

ENTRYPOINT ["/handouts/.venv/bin/handouts"]
CMD ["build"]
