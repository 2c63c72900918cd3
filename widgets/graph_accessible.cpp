// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph_accessible.h"

#include "widgets/graph_scene.h"
#include "widgets/graph_view.h"
#include "widgets/selection_hub.h"
#include "widgets/text.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <QWindow>

#include <unordered_map>

namespace bitwright {

namespace {

/// Items of the list: elements that can be pointed at, in the drawing's order.
int itemCount(const GraphView& view)
{
    const auto scene = view.scene();
    return scene ? static_cast<int>(scene->drawing.elements.size()) - scene->index.firstNonEdge() : 0;
}

int itemOf(const GraphView& view, const QString& id)
{
    const auto scene = view.scene();
    const GraphPlace* place = scene && !id.isEmpty() ? scene->index.find(toUtf8(id)) : nullptr;
    return place ? place->element - scene->index.firstNonEdge() : -1;
}

/// One node or chip. Lives until the view shows another drawing.
class GraphItemAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    GraphItemAccessible(GraphView* view, std::shared_ptr<const GraphScene> scene, int item)
        : m_view(view), m_scene(std::move(scene)), m_item(item)
    {
    }

    int item() const { return m_item; }
    bool isValid() const override { return m_view && m_view->scene() == m_scene; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRectF place = m_view->viewportRect(id());
        return QRect(m_view->viewport()->mapToGlobal(place.topLeft().toPoint()), place.size().toSize());
    }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        if (kind == QAccessible::Name)
            return toQString(element().name);
        return kind == QAccessible::Description ? toQString(element().description) : QString();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        if (state.invalid)
            return state;
        state.selectable = state.focusable = state.multiSelectable = true;
        state.selected = m_view->selection()->contains(id());
        state.active = m_view->selection()->current() == id();
        state.focused = state.active && m_view->hasFocus();
        state.offscreen = !m_view->viewport()->rect().intersects(m_view->viewportRect(id()).toRect());
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

    /// Pressing edits, as Enter and a double click do.
    void doAction(const QString& name) override
    {
        if (!isValid())
            return;
        m_view->selection()->selectOnly(id());
        m_view->reveal(id());
        m_view->setFocus();
        if (name == pressAction())
            Q_EMIT m_view->activated(id());
    }

private:
    const DrawingElement& element() const { return m_scene->element(m_scene->index.firstNonEdge() + m_item); }
    QString id() const { return toQString(element().id); }

    QPointer<GraphView> m_view;
    std::shared_ptr<const GraphScene> m_scene;
    int m_item;
};

class GraphAccessible final : public QAccessibleWidget {
public:
    explicit GraphAccessible(GraphView* view) : QAccessibleWidget(view, QAccessible::List), m_view(view) {}
    ~GraphAccessible() override { forgetItems(); }

    int childCount() const override { return itemCount(*m_view); }

    QAccessibleInterface* child(int item) const override
    {
        if (item < 0 || item >= childCount())
            return nullptr;
        if (m_scene != m_view->scene()) {
            forgetItems();
            m_scene = m_view->scene();
        }
        const auto known = m_items.find(item);
        if (known != m_items.end())
            return QAccessible::accessibleInterface(known->second);
        auto* made = new GraphItemAccessible(m_view, m_scene, item);
        m_items.emplace(item, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* item = dynamic_cast<const GraphItemAccessible*>(child);
        return item && item->isValid() ? item->item() : -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(itemOf(*m_view, m_view->idAt(m_view->viewport()->mapFromGlobal(QPoint(x, y)))));
    }

    QAccessibleInterface* focusChild() const override
    {
        return m_view->hasFocus() ? child(itemOf(*m_view, m_view->selection()->current())) : nullptr;
    }

private:
    void forgetItems() const
    {
        for (const auto& [item, id] : m_items)
            QAccessible::deleteAccessibleInterface(id);
        m_items.clear();
    }

    GraphView* m_view;
    mutable std::shared_ptr<const GraphScene> m_scene;
    mutable std::unordered_map<int, QAccessible::Id> m_items;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* view = qobject_cast<GraphView*>(object);
    return view ? new GraphAccessible(view) : nullptr;
}

} // namespace

void installGraphAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

void announceCurrentNode(GraphView& view)
{
    const int item = QAccessible::isActive() ? itemOf(view, view.selection()->current()) : -1;
    if (item < 0)
        return;
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(item);
    QAccessible::updateAccessibility(&event);
}

} // namespace bitwright
