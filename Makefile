# Works with GNU make 3.81 and newer. `make PYTHON=/path/to/python …` names the Python to use.

PYTHON ?=
SETUP = @PYTHON='$(PYTHON)' sh .ci/setup
VENV_PYTHON = .venv/bin/python
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help demo ui test check lock clean
# Two targets at once would set up one .venv twice.
.NOTPARALLEL:

help: ## 列出可用的目标
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

demo: ## 不用密钥、不用模型，用自带的五篇报告演示一遍
	$(SETUP) run
	@.venv/bin/gongwen demo

ui: ## 打开网页，在 http://127.0.0.1:7860
	$(SETUP) run
	@.venv/bin/gongwen ui

test: ## 运行全部测试
	$(SETUP) dev
	@$(VENV_PYTHON) -m pytest --numprocesses auto

check: ## 运行 CI 的全部检查：代码规范、格式、类型、测试
	$(SETUP) dev
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check
	$(VENV_PYTHON) -m mypy
	@$(MAKE) --no-print-directory test

lock: ## 按 pyproject.toml 重新生成两个锁定文件（需要联网）
	$(SETUP) run
	@command -v uv >/dev/null || $(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@PATH="$$PATH:$$PWD/.venv/bin" && \
		$(COMPILE) --extra build pyproject.toml -o requirements.lock && \
		$(COMPILE) -c requirements.lock --extra build --extra dev pyproject.toml -o requirements-dev.lock

clean: ## 删除 .venv、缓存和构建结果，不动索引、草稿和 .env
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
