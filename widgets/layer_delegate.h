// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints and edits the cells of the layers table.
#pragma once

#include <QStyledItemDelegate>

namespace bitwright {

class Theme;

/// Cost cells carry a bar of their share; own decisions are bold; stale values are dimmed and hatched. Format cells
/// are edited as text that is checked while it is typed, tunables from their legal values.
class LayerDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    LayerDelegate(const Theme* theme, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    const Theme* m_theme;
};

} // namespace bitwright
