//! Starts `ssmlint lsp` in Zed, and hands it the settings of `lsp.ssmlint`.

use zed_extension_api::{
    self as zed, serde_json::json, serde_json::Value, settings::LspSettings, Command,
    LanguageServerId, Result, Worktree,
};

/// The name of the program, of the server in Zed's settings, and of the section that it asks for.
const NAME: &str = "ssmlint";

const ARGUMENTS: [&str; 1] = ["lsp"];

const MISSING: &str = "ssmlint was not found on the PATH: install it with \
    `pip install 'ssmlint[lsp]'`, or set `lsp.ssmlint.binary.path`";

struct Ssmlint;

impl zed::Extension for Ssmlint {
    fn new() -> Self {
        Self
    }

    /// What is set counts; else the program that a shell in the project would start.
    fn language_server_command(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let binary = settings(worktree).and_then(|all| all.binary);
        let (path, arguments, env) = match binary {
            Some(binary) => (binary.path, binary.arguments, binary.env),
            None => (None, None, None),
        };
        let command = path.or_else(|| worktree.which(NAME)).ok_or(MISSING)?;
        let args = arguments.unwrap_or_else(|| ARGUMENTS.map(String::from).to_vec());
        let mut all = worktree.shell_env();
        all.extend(env.unwrap_or_default());
        Ok(Command { command, args, env: all })
    }

    fn language_server_initialization_options(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(settings(worktree).and_then(|all| all.initialization_options))
    }

    /// The server asks for the section of its name.
    fn language_server_workspace_configuration(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(settings(worktree)
            .and_then(|all| all.settings)
            .map(|section| json!({ NAME: section })))
    }
}

fn settings(worktree: &Worktree) -> Option<LspSettings> {
    LspSettings::for_worktree(NAME, worktree).ok()
}

zed::register_extension!(Ssmlint);
