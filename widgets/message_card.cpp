// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message_card.h"

#include "widgets/icons.h"
#include "widgets/text.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace bitwright {

MessageCard::MessageCard(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel), m_title(new QLabel), m_text(new QLabel), m_remedy(new QLabel),
      m_bar(new QProgressBar), m_cancel(new QPushButton(tr("Cancel"))), m_copy(new QPushButton(tr("Copy"))),
      m_close(new QToolButton)
{
    setObjectName(QStringLiteral("messageCard"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_text, m_remedy}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(tr("Close"));
    auto* texts = new QVBoxLayout;
    for (QWidget* part : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_remedy),
                          static_cast<QWidget*>(m_bar)})
        texts->addWidget(part);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 10, 10);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(m_copy, 0, Qt::AlignTop);
    row->addWidget(m_cancel, 0, Qt::AlignTop);
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_cancel, &QPushButton::clicked, this, &MessageCard::cancelled);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_details); });
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    hide();
}

void MessageCard::present(const QString& title, const QString& text, const QString& details, bool isProgress)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_details = details;
    m_bar->setVisible(isProgress);
    m_cancel->setVisible(isProgress);
    m_copy->setVisible(!isProgress);
    m_close->setVisible(!isProgress);
    m_close->setIcon(themedIcon(QStringLiteral("close")));
    m_icon->setVisible(!isProgress);
    setAccessibleName(title);
    setAccessibleDescription(text);
    show();
}

void MessageCard::showProblem(const QString& title, const Diagnostic& problem)
{
    m_icon->setPixmap(themedIcon(QStringLiteral("error")).pixmap(24));
    m_remedy->setText(toQString(problem.remedy));
    m_remedy->setVisible(!problem.remedy.empty());
    m_isProblem = true;
    present(title, toQString(problem.message()), toQString(problem.rendered()), false);
}

void MessageCard::showNotice(const QString& title, const QString& text)
{
    m_icon->setPixmap(themedIcon(QStringLiteral("note")).pixmap(24));
    m_remedy->hide();
    m_isProblem = false;
    present(title, text, title + QLatin1Char('\n') + text, false);
}

void MessageCard::showProgress(const QString& title, const QString& phase, double share)
{
    m_remedy->hide();
    m_isProblem = false;
    m_bar->setRange(0, share < 0 ? 0 : 100);
    m_bar->setValue(static_cast<int>(share * 100));
    present(title, phase, {}, true);
}

QString MessageCard::title() const
{
    return m_title->text();
}

QString MessageCard::text() const
{
    return m_text->text();
}

bool MessageCard::isProblem() const
{
    return !isHidden() && m_isProblem;
}

bool MessageCard::isProgress() const
{
    return !isHidden() && !m_bar->isHidden();
}

} // namespace bitwright
