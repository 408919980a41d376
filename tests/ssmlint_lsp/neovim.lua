-- What somebody does in Neovim (0.7 and newer): look at what is wrong, go to a definition, take a
-- quick fix, save.  Writes what was seen to the file of the environment variable REPORT.

local patience = 30000
local seen = {}

local function wait(what, is_so)
  if not vim.wait(patience, is_so, 20) then
    error("waited in vain for " .. what)
  end
end

local function place(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search("\\V" .. text, "cW") > 0, text .. " is not there")
end

local function ask(method, params)
  local answers = assert(vim.lsp.buf_request_sync(0, method, params, patience))
  for _, answer in pairs(answers) do
    assert(answer.error == nil, vim.inspect(answer.error))
    return answer.result
  end
end

local function diagnostics()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    local line = vim.fn.getline(each.lnum + 1)
    local text = string.sub(line, each.col + 1, each.end_col)
    table.insert(found, { code = each.code, text = text, severity = each.severity })
  end
  return found
end

local function work()
  local client = assert(vim.lsp.start_client({
    name = "ssmlint",
    cmd = vim.json.decode(vim.env.COMMAND),
    root_dir = vim.fn.getcwd(),
  }))
  vim.cmd("edit " .. vim.env.DOCUMENT)
  assert(vim.lsp.buf_attach_client(0, client))
  local encoding = function()
    return vim.lsp.get_client_by_id(client).offset_encoding
  end

  wait("diagnostics", function() return #vim.diagnostic.get(0) > 0 end)
  seen.before = diagnostics()

  place("name }}")
  local targets = ask("textDocument/definition", vim.lsp.util.make_position_params(0, encoding()))
  vim.lsp.util.jump_to_location(targets[1], encoding())
  seen.definition = { line = vim.fn.line("."), word = vim.fn.expand("<cword>") }

  place("$tagret")
  local params = vim.lsp.util.make_range_params(0, encoding())
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0) }
  local fixed = false
  for _, action in ipairs(ask("textDocument/codeAction", params)) do
    if action.kind == "quickfix" and action.edit and not fixed then
      vim.lsp.util.apply_workspace_edit(action.edit, encoding())
      fixed = true
    end
  end
  assert(fixed, "no quick fix was offered")
  wait("no diagnostics", function() return #vim.diagnostic.get(0) == 0 end)
  seen.after = diagnostics()
  vim.cmd("write")

  vim.lsp.stop_client(client)
  wait("the end of the server", function() return vim.lsp.client_is_stopped(client) end)
end

local fine, problem = xpcall(work, debug.traceback)
seen.problem = fine and vim.NIL or problem
local file = assert(io.open(vim.env.REPORT, "w"))
file:write(vim.json.encode(seen))
file:close()
vim.cmd("qall!")
