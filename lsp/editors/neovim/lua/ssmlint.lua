-- Starts ssmlint in any Neovim from 0.7 on:
--
--     require('ssmlint').setup({ settings = { ssmlint = { options = { shellcheck = true } } } })
--
-- What is handed over is laid over `lsp/ssmlint.lua`, which stands beside this file.

local M = {}

local here = debug.getinfo(1, 'S').source:sub(2)

---@return table
local function defaults()
  return dofile(vim.fn.fnamemodify(here, ':p:h:h') .. '/lsp/ssmlint.lua')
end

---The nearest directory above a file that holds a marker, the first marker that is anywhere
---above; without any, the directory of the file.
---@param path string
---@param markers string[]
---@return string
local function root(path, markers)
  local directory = vim.fn.fnamemodify(path, ':p:h')
  for _, marker in ipairs(markers) do
    local above, below = directory, nil
    while above ~= below do
      if vim.loop.fs_stat(above .. '/' .. marker) then
        return above
      end
      above, below = vim.fn.fnamemodify(above, ':h'), above
    end
  end
  return directory
end

---Neovim 0.7 has no `vim.lsp.start`: the same in a few lines.
---@param config table
---@param buffer integer
local function start(config, buffer)
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  for _, client in pairs(vim.lsp.get_active_clients()) do
    if client.name == config.name and client.config.root_dir == config.root_dir then
      vim.lsp.buf_attach_client(buffer, client.id)
      return
    end
  end
  local id = vim.lsp.start_client(config)
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

---@param config table
---@param buffer integer
local function attach(config, buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  -- Help, terminals, quickfix lists and the like are no files.
  if vim.bo[buffer].buftype ~= '' or path == '' or path:match('^%a+://') then
    return
  end
  local own = vim.tbl_extend('force', config, { name = 'ssmlint' })
  own.root_dir = root(path, config.root_markers)
  start(own, buffer)
end

---@param options table|nil  as `vim.lsp.config` takes them
function M.setup(options)
  options = options or {}
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config('ssmlint', vim.tbl_deep_extend('force', defaults(), options))
    vim.lsp.enable('ssmlint')
    return
  end
  local config = vim.tbl_deep_extend('force', defaults(), options)
  if vim.fn.executable(config.cmd[1]) == 0 then
    vim.notify('ssmlint: `' .. config.cmd[1] .. '` is not on the PATH', vim.log.levels.WARN)
    return
  end
  local group = vim.api.nvim_create_augroup('ssmlint', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = config.filetypes,
    callback = function(event)
      attach(config, event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.tbl_contains(config.filetypes, vim.bo[buffer].filetype) then
      attach(config, buffer)
    end
  end
end

return M
