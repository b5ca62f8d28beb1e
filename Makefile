# Two commands on a fresh machine: make run, make test. Everything they install goes into .venv at the root.
# Needs Python 3.11 or newer, make and the package registry your pip already uses; PYTHON=/path/to/python3 chooses another.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	command -v $$python >/dev/null 2>&1 && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
ZHENGMAI := $(BIN)/zhengmai

# A stamp is named after the content it stands for, so a fresh clone or a touched file installs nothing anew.
stamp = $(VENV)/.installed-$(1)-$(shell cat $(2) pyproject.toml | cksum | tr -s ' ' '-')
CORE := $(call stamp,core,requirements.lock)
DEV := $(call stamp,dev,requirements-dev.lock)
UI := $(call stamp,ui,requirements-ui.lock)

.PHONY: run test programs servers lint serve ui bench docs lock clean
.DEFAULT_GOAL := run

run: $(CORE)
	@$(ZHENGMAI) first-look

test: $(DEV) lint programs
	$(BIN)/python -m pytest -n 2

# LibreOffice reads Word 97, Chromium with Chinese fonts opens the pages; the tests try them for real where they can be installed.
CHROMIUM := $(shell command -v chromium chromium-browser google-chrome 2>/dev/null | head -1)
programs:
	@{ test -n "$(CHROMIUM)$$ZHENGMAI_CHROMIUM" && { ! command -v fc-list >/dev/null 2>&1 || fc-list :lang=zh-cn | grep -q .; }; } \
	|| ! command -v apt-get >/dev/null 2>&1 || test "$$(id -u)" != 0 || { \
	echo "· 安装 Chromium 和中文字体（浏览器测试）· installing Chromium and Chinese fonts (browser tests) …" >&2; \
	apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; } \
	|| echo "没有 Chromium，浏览器测试将不进行 · no Chromium: the browser journeys are left out" >&2
	@command -v soffice >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1 || test "$$(id -u)" != 0 || { \
	echo "· 安装 LibreOffice（读取 .doc）· installing LibreOffice (reads .doc) …" >&2; \
	apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-writer >/dev/null; } \
	|| echo "没有 LibreOffice，将检查提示文字 · no LibreOffice: the tests check the message instead" >&2

# Comunica (another engine that asks endpoints), Virtuoso (a store to stand before) and the W3C's tests, which rdflib's source archive carries.
COMUNICA := $(VENV)/comunica/node_modules/@comunica/query-sparql
W3C := $(VENV)/w3c/rdflib-7.6.0
# The schema of OASIS for SARIF 2.1.0 comes with Microsoft's multitool.
SARIF := $(VENV)/sarif/sarif-2.1.0.json
programs: servers
servers: | $(DEV)
	@{ command -v npm >/dev/null 2>&1 && command -v virtuoso-t >/dev/null 2>&1; } || ! command -v apt-get >/dev/null 2>&1 || test "$$(id -u)" != 0 || { \
	echo "· 安装 npm 和 Virtuoso（对外服务的测试）· installing npm and Virtuoso (tests of the endpoint) …" >&2; apt-get update -qq >/dev/null; \
	command -v npm >/dev/null 2>&1 || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; \
	command -v virtuoso-t >/dev/null 2>&1 || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null; } \
	|| echo "没有 Virtuoso 或 npm · no Virtuoso or npm: tests that need them are left out" >&2
	@test -d $(COMUNICA) || ! command -v npm >/dev/null 2>&1 || { mkdir -p $(VENV)/comunica && echo "· 安装 Comunica · installing Comunica …" >&2 && \
	npm install --silent --no-audit --no-fund --prefix $(VENV)/comunica @comunica/query-sparql@4 >/dev/null 2>&1; } \
	|| echo "没有 Comunica · no Comunica: its tests are left out" >&2
	@test -f $(SARIF) || ! command -v npm >/dev/null 2>&1 || { mkdir -p $(dir $(SARIF)) && echo "· 取 SARIF 的格式定义 · fetching the schema of SARIF …" >&2 && \
	(cd $(dir $(SARIF)) && npm pack --silent @microsoft/sarif-multitool-linux@5.7.0 >/dev/null && \
	tar -xzf microsoft-sarif-multitool-linux-5.7.0.tgz package/sarif-2.1.0.json --strip-components=1 && rm -f *.tgz); } \
	|| echo "没有 SARIF 的格式定义 · no schema of SARIF: the test that needs it is left out" >&2
	@test -d $(W3C) || { mkdir -p $(VENV)/w3c && echo "· 取 W3C 测试集 · fetching the W3C's tests …" >&2 && \
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary rdflib --dest $(VENV)/w3c rdflib==7.6.0 && \
	tar -xzf $(W3C).tar.gz -C $(VENV)/w3c; } || echo "没有 W3C 测试集 · the W3C's tests could not be fetched and are left out" >&2

lint: $(DEV)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

serve: $(CORE)
	@$(ZHENGMAI) serve

ui: $(UI)
	@$(ZHENGMAI) ui

bench: $(CORE)
	@test -f benchmarks/run.py || { echo "还没有基准测试 · no benchmarks yet (benchmarks/run.py)" >&2; exit 2; }
	$(BIN)/python -m benchmarks.run

docs: $(DEV) programs
	$(BIN)/python -m pytest tests/test_docs.py
	PYTHONPATH=tests $(BIN)/python tests/screenshots.py
	@ls docs/*.md

# Compile the locks anew; --no-emit-* keeps the address of any registry out of them.
COMPILE := $(BIN)/python -m piptools compile --quiet --allow-unsafe --build-deps-for editable --generate-hashes --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: $(DEV)
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --extra ui --constraint requirements.lock --output-file requirements-ui.lock pyproject.toml

clean:
	rm -rf $(VENV) graph_data/built build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(CORE): | $(BIN)/python
	$(call install,core,requirements.lock,$@)

$(DEV): | $(BIN)/python
	$(call install,dev,requirements-dev.lock,$@)

$(UI): | $(BIN)/python
	$(call install,ui,requirements-ui.lock,$@)

define install
@echo "· 安装依赖 · installing packages ($(2)) …" >&2
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(2)
@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
@rm -f $(VENV)/.installed-$(1)-* && touch $(3)
endef

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本 · zhengmai needs Python 3.11 or newer; found: $$(python3 -V 2>&1). \
	Install it, or type: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "需要 Python 3.11 或更新版本 · zhengmai needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	echo "无法创建虚拟环境，请安装 Python 的 venv 模块 · could not make $(VENV): install Python's venv module (on Debian and Ubuntu: python3-venv)." >&2; exit 2; }
