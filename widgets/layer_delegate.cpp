// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layer_delegate.h"

#include "widgets/format_input.h"
#include "widgets/layer_table_model.h"
#include "widgets/stale_look.h"
#include "widgets/text.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPainter>

namespace bitwright {

namespace {

/// Marks the editor while its text is no format, and says why.
void watchFormat(QLineEdit* editor, const Theme& theme)
{
    const QColor bad = theme.colour(ColourRole::Bad);
    QObject::connect(editor, &QLineEdit::textChanged, editor, [editor, bad](const QString& text) {
        const Result<FormatInput> input = parseFormatInput(text);
        QPalette palette = editor->parentWidget()->palette();
        if (!input)
            palette.setColor(QPalette::Text, bad);
        editor->setPalette(palette);
        editor->setToolTip(input ? QString() : toQString(input.error().message()));
    });
}

} // namespace

LayerDelegate::LayerDelegate(const Theme* theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme)
{
}

void LayerDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto kind = static_cast<ColumnKind>(index.data(LayerTableModel::KindRole).toInt());
    if (kind == ColumnKind::Format || kind == ColumnKind::Tunable) {
        const bool isDecided = index.data(LayerTableModel::DecidedRole).toBool();
        option->font.setBold(isDecided);
        if (!isDecided)
            option->palette.setColor(QPalette::Text, m_theme->colour(ColourRole::TextMuted));
    }
    if (index.data(LayerTableModel::StaleRole).toBool())
        option->palette.setColor(QPalette::Text, valueColour(*m_theme, true));
}

void LayerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant share = index.data(LayerTableModel::ShareRole);
    QStyledItemDelegate::paint(painter, option, index);
    if (share.isValid()) {
        const int full = option.rect.width() - 4;
        const QRect bar(option.rect.left() + 2, option.rect.bottom() - 3,
                        static_cast<int>(full * share.toDouble()), 2);
        painter->fillRect(bar, m_theme->colour(ColourRole::Series0));
    }
    if (index.data(LayerTableModel::StaleRole).toBool())
        paintStaleHatch(*painter, option.rect, *m_theme);
}

QWidget* LayerDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) const
{
    const auto kind = static_cast<ColumnKind>(index.data(LayerTableModel::KindRole).toInt());
    const QStringList choices = index.data(LayerTableModel::ChoicesRole).toStringList();
    if (kind == ColumnKind::Tunable && !choices.isEmpty()) {
        auto* box = new QComboBox(parent);
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItems(choices);
        return box;
    }
    auto* editor = qobject_cast<QLineEdit*>(QStyledItemDelegate::createEditor(parent, option, index));
    if (editor && kind == ColumnKind::Format)
        watchFormat(editor, *m_theme);
    return editor;
}

void LayerDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
        const QString text = index.data(Qt::EditRole).toString();
        box->setCurrentIndex(box->findText(text));
        box->setEditText(text);
        return;
    }
    QStyledItemDelegate::setEditorData(editor, index);
}

void LayerDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    if (const auto* box = qobject_cast<QComboBox*>(editor))
        model->setData(index, box->currentText(), Qt::EditRole);
    else
        QStyledItemDelegate::setModelData(editor, model, index);
}

} // namespace bitwright
