/** How the server is, beside the language of the document. */

import * as vscode from "vscode";
import { SELECTOR } from "./client";

export type Condition =
  | { readonly is: "off" }
  | { readonly is: "starting" }
  | { readonly is: "running"; readonly version: string | undefined; readonly command: string }
  | { readonly is: "missing" }
  | { readonly is: "stopped" };

export class Status implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;

  constructor() {
    this.item = vscode.languages.createLanguageStatusItem("ssmlint.status", SELECTOR);
    this.item.name = "ssmlint";
    this.show({ is: "off" });
  }

  show(condition: Condition): void {
    const { item } = this;
    item.busy = condition.is === "starting";
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.detail = "";
    item.command = { command: "ssmlint.showOutput", title: "Show Output" };
    switch (condition.is) {
      case "off":
        item.text = "ssmlint is switched off";
        break;
      case "starting":
        item.text = "ssmlint is starting";
        break;
      case "running":
        item.text = `ssmlint ${condition.version ?? ""}`.trim();
        item.detail = condition.command;
        break;
      case "missing":
        item.text = "ssmlint is not installed";
        item.severity = vscode.LanguageStatusSeverity.Warning;
        break;
      case "stopped":
        item.text = "ssmlint has stopped";
        item.severity = vscode.LanguageStatusSeverity.Error;
        item.command = { command: "ssmlint.restart", title: "Restart" };
        break;
    }
  }

  dispose(): void {
    this.item.dispose();
  }
}
