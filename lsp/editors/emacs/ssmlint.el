;;; ssmlint.el --- Check SSM documents and lifecycle policies  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "26.3") (eglot "1.9"))
;; Keywords: tools, languages
;; SPDX-License-Identifier: GPL-3.0-or-later

;;; Commentary:

;; Starts the language server of ssmlint through Eglot, for buffers that hold an SSM document
;; or a lifecycle policy:
;;
;;     (require 'ssmlint)
;;     (add-hook 'yaml-mode-hook #'ssmlint-ensure)
;;     (add-hook 'yaml-ts-mode-hook #'ssmlint-ensure)
;;     (add-hook 'js-json-mode-hook #'ssmlint-ensure)
;;     (add-hook 'json-ts-mode-hook #'ssmlint-ensure)
;;
;; Eglot has one server for a major mode and a project.  Other YAML files of the project are
;; then served by ssmlint, too, which has nothing to say about them.

;;; Code:

(require 'eglot)

(defgroup ssmlint nil
  "Check SSM documents and lifecycle policies."
  :group 'tools)

(defcustom ssmlint-command '("ssmlint" "lsp")
  "Program and arguments that start the server."
  :type '(repeat string))

(defcustom ssmlint-pattern "\\bschemaVersion\\b\\|\\bPolicyDetails\\b"
  "What a buffer has to match to be taken for a document or a policy."
  :type 'regexp)

(defconst ssmlint-modes
  '(yaml-mode yaml-ts-mode json-mode json-ts-mode js-json-mode)
  "Major modes of documents and policies.")

(defun ssmlint-buffer-p ()
  "Whether the buffer seems to hold an SSM document or a lifecycle policy."
  (save-excursion
    (save-restriction
      (widen)
      (goto-char (point-min))
      (let ((case-fold-search nil))
        (and (re-search-forward ssmlint-pattern nil t) t)))))

;;;###autoload
(defun ssmlint ()
  "Start the server for this buffer, and for those of its mode and project."
  (interactive)
  (setq-local eglot-server-programs
              (cons (cons ssmlint-modes ssmlint-command) eglot-server-programs))
  (eglot-ensure))

;;;###autoload
(defun ssmlint-ensure ()
  "Start the server if the buffer holds a document or a policy; for mode hooks."
  (when (and buffer-file-name (ssmlint-buffer-p))
    (ssmlint)))

(provide 'ssmlint)

;;; ssmlint.el ends here
