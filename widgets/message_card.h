// SPDX-License-Identifier: GPL-3.0-or-later
/// A card over the window's content: what went wrong, where, and what to do; or the progress of opening a file.
#pragma once

#include <QFrame>

#include "support/diagnostic.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace bitwright {

class MessageCard final : public QFrame {
    Q_OBJECT
public:
    explicit MessageCard(QWidget* parent = nullptr);

    /// @p title says what was tried: "'x.onnx' was not opened".
    void showProblem(const QString& title, const Diagnostic& problem);
    void showNotice(const QString& title, const QString& text);
    /// @p share negative: unknown.
    void showProgress(const QString& title, const QString& phase, double share);
    QString title() const;
    QString text() const;
    bool isProgress() const;
    bool isProblem() const; ///< something failed

Q_SIGNALS:
    void cancelled();
    void closed();

private:
    void present(const QString& title, const QString& text, const QString& details, bool isProgress);

    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_remedy;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QPushButton* m_copy;
    QToolButton* m_close;
    QString m_details;
    bool m_isProblem = false;
};

} // namespace bitwright
