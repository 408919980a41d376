/** The Python environment that is selected in the Python extension, where that is installed. */

import * as vscode from "vscode";

const PYTHON = "ms-python.python";

/** What we use of the API of that extension (its `PythonExtension`). */
interface Api {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(
      environment: { readonly path: string },
    ): Promise<{ readonly executable: { readonly uri: vscode.Uri | undefined } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** The path of its interpreter.  A Python extension that fails is as good as none. */
export async function interpreter(): Promise<string | undefined> {
  try {
    const api = await python();
    if (api === undefined) {
      return undefined;
    }
    const resource = vscode.workspace.workspaceFolders?.[0]?.uri;
    const selected = api.environments.getActiveEnvironmentPath(resource);
    const environment = await api.environments.resolveEnvironment(selected);
    return environment?.executable.uri?.fsPath;
  } catch {
    return undefined;
  }
}

/** Calls when another environment is selected. */
export async function onInterpreter(changed: () => void): Promise<vscode.Disposable | undefined> {
  try {
    return (await python())?.environments.onDidChangeActiveEnvironmentPath(changed);
  } catch {
    return undefined;
  }
}

async function python(): Promise<Api | undefined> {
  const extension = vscode.extensions.getExtension<Api | undefined>(PYTHON);
  const api = await extension?.activate();
  return api?.environments === undefined ? undefined : api;
}
