// SPDX-License-Identifier: GPL-3.0-or-later
/// Time-stamped record of what happened.
#pragma once

#include <QPlainTextEdit>

namespace bitwright {

class LogPanel final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit LogPanel(QWidget* parent = nullptr);

    void append(const QString& sentence);
};

} // namespace bitwright
