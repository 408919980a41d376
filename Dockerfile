# ssmlint in a container: docs/ci.md says how to use it.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY ssmlint ssmlint
COPY rules rules
COPY lsp lsp
RUN python -m venv /opt/ssmlint && \
    /opt/ssmlint/bin/python -m pip --disable-pip-version-check install --no-cache-dir '.[shellcheck]'

FROM python:3.13-slim
# git is for --new-since; a mounted repository belongs to whoever started the container.
RUN apt-get update && \
    apt-get install --yes --no-install-recommends git && \
    rm -rf /var/lib/apt/lists/* && \
    git config --system --add safe.directory '*'
COPY --from=build /opt/ssmlint /opt/ssmlint
ENV PATH=/opt/ssmlint/bin:$PATH
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["ssmlint"]
CMD ["check"]
