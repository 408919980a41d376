-- ssmlint, for SSM documents and the lifecycle policies that call them.
--
-- Neovim 0.11 and newer finds this file in `lsp/` of any directory of 'runtimepath', and
-- `vim.lsp.enable('ssmlint')` switches it on.  Older ones: `require('ssmlint').setup()`.

---@type vim.lsp.Config
return {
  cmd = { 'ssmlint', 'lsp' },
  filetypes = { 'yaml', 'json', 'jsonc' },
  -- The whole repository: policies and the documents that they call lie in several folders.
  root_markers = { '.git', '.ssmlint.toml', 'ssmlint.toml' },
  settings = { ssmlint = vim.empty_dict() },
}
