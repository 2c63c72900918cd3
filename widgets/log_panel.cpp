// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/log_panel.h"

#include <QTime>

namespace bitwright {

namespace {

constexpr int kMostLines = 5000;

} // namespace

LogPanel::LogPanel(QWidget* parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("logText"));
    setAccessibleName(tr("Log"));
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setMaximumBlockCount(kMostLines);
    setPlaceholderText(tr("Nothing has happened yet."));
}

void LogPanel::append(const QString& sentence)
{
    appendPlainText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss.zzz")) + QStringLiteral("  ") + sentence);
}

} // namespace bitwright
