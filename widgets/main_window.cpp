// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/main_window.h"

#include "widgets/action_registry.h"
#include "widgets/budget_strip.h"
#include "widgets/canvas_binding.h"
#include "widgets/charts_binding.h"
#include "widgets/design_panel.h"
#include "widgets/document.h"
#include "widgets/file_controller.h"
#include "widgets/graph_view.h"
#include "widgets/histogram_chart.h"
#include "widgets/inspector.h"
#include "widgets/job_list.h"
#include "widgets/jobs_panel.h"
#include "widgets/layer_editor.h"
#include "widgets/layer_table.h"
#include "widgets/log_panel.h"
#include "widgets/message_card.h"
#include "widgets/problems_panel.h"
#include "widgets/project_keeper.h"
#include "widgets/query_bar.h"
#include "widgets/range_chart.h"
#include "widgets/selection_hub.h"
#include "widgets/shortcut_editor.h"
#include "widgets/status_line.h"
#include "widgets/text.h"
#include "widgets/theme.h"
#include "widgets/welcome_page.h"
#include "widgets/window_settings.h"

#include <QAction>
#include <QDockWidget>
#include <QMenuBar>
#include <QStackedWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace bitwright {

MainWindow::MainWindow(Theme* theme, WindowSettings* settings, QWidget* parent)
    : QMainWindow(parent), m_theme(theme), m_settings(settings)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    setMinimumSize(800, 560);
    m_theme->setFontPercent(m_settings->preferences().font_percent); // before anything measures text
    createParts();
    createPanels();
    createCentre();
    createToolBars();
    createDocks();
    fillMenus();
    connectDocument();
    connectFiles();
    connectCanvas();
    connectFileActions();
    connectEditActions();
    connectViewActions();
    connectLayerActions();
    restoreShortcuts(*m_actions, *m_settings);
    applyPreferences(m_settings->preferences());
    resize(1440, 900);
    restoreGeometry(m_settings->geometry());
    m_samples = bundledSamples();
    m_welcome->setSamples(m_samples);
    findRecovered();
    refreshTheme();
    refreshCentre();
    refreshPresence();
    refreshTitle();
}

MainWindow::~MainWindow()
{
    m_document->disconnect(this); // results may still arrive while the parts are torn down
}

void MainWindow::createParts()
{
    m_jobs = new JobList(this);
    m_document = new Document(m_jobs, this);
    m_selection = new SelectionHub(this);
    m_editor = new LayerEditor(m_document, this);
    m_keeper = new ProjectKeeper(m_document, m_settings->recoveryFolder(), this);
    m_files = new FileController({m_document, m_editor, m_keeper, m_jobs, m_settings}, this);
    m_actions = new ActionRegistry(this);
}

void MainWindow::createPanels()
{
    m_welcome = new WelcomePage(m_theme);
    m_canvas = new GraphView(m_selection, m_theme);
    m_canvasBinding = new CanvasBinding(m_document, m_canvas, this);
    m_card = new MessageCard;
    m_query = new QueryBar(m_document, m_selection);
    m_budget = new BudgetStrip(m_document, m_theme);
    m_table = new LayerTable(m_document, m_editor, m_selection, m_theme);
    m_inspector = new Inspector(m_document, m_editor, m_selection, m_theme);
    m_design = new DesignPanel(m_document, m_editor);
    m_ranges = new RangeChart(m_selection, m_theme);
    m_histogram = new HistogramChart(m_theme);
    m_problems = new ProblemsPanel(m_document, m_editor, m_selection);
    m_log = new LogPanel;
    m_status = new StatusLine(m_document, m_selection, m_jobs);
    setStatusBar(m_status);
    new ChartsBinding({m_document, m_editor, m_selection, m_ranges, m_histogram}, this);
}

void MainWindow::createCentre()
{
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_welcome);
    m_stack->addWidget(m_canvas);
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_card);
    column->addWidget(m_stack, 1);
    setCentralWidget(centre);
}

void MainWindow::createToolBars()
{
    QToolBar* bar = m_toolBar = addToolBar(tr("Toolbar"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setIconSize({20, 20});
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (const char* id : {"file.open", "file.save"})
        bar->addAction(m_actions->action(id));
    bar->addSeparator();
    for (const char* id : {"edit.undo", "edit.redo"})
        bar->addAction(m_actions->action(id));
    bar->addSeparator();
    for (const char* id : {"file.load_data", "design.baseline", "file.export"})
        bar->addAction(m_actions->action(id));
    auto* gap = new QWidget;
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    bar->addWidget(m_query);
    addToolBarBreak();
    m_budgetBar = addToolBar(tr("Budget"));
    m_budgetBar->setObjectName(QStringLiteral("budgetBar"));
    m_budgetBar->setMovable(false);
    m_budget->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_budgetBar->addWidget(m_budget);
}

QDockWidget* MainWindow::addDock(const char* name, const QString& title, QWidget* content, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QString::fromLatin1(name));
    dock->setWidget(content);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::createDocks()
{
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_docks.inspector = addDock("dockInspector", tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_docks.design = addDock("dockDesign", tr("Design"), m_design, Qt::RightDockWidgetArea);
    m_docks.layers = addDock("dockLayers", tr("Layers"), m_table, Qt::BottomDockWidgetArea);
    m_docks.ranges = addDock("dockRanges", tr("Ranges"), m_ranges, Qt::BottomDockWidgetArea);
    m_docks.histogram = addDock("dockHistogram", tr("Histogram"), m_histogram, Qt::BottomDockWidgetArea);
    m_docks.problems = addDock("dockProblems", tr("Problems"), m_problems, Qt::BottomDockWidgetArea);
    m_docks.jobs = addDock("dockJobs", tr("Jobs"), new JobsPanel(m_jobs), Qt::BottomDockWidgetArea);
    m_docks.log = addDock("dockLog", tr("Log"), m_log, Qt::BottomDockWidgetArea);
    m_layouts = new DockLayouts(this, m_docks, m_settings);
    m_layouts->apply(DockLayout::Standard);
}

void MainWindow::fillMenus()
{
    m_actions->fillMenus(menuBar());
    QMenu* file = m_actions->menu("&File");
    auto* recent = new QMenu(tr("Open &recent"), file);
    recent->setObjectName(QStringLiteral("recentMenu"));
    auto* samples = new QMenu(tr("Open sa&mple"), file);
    connect(samples, &QMenu::aboutToShow, this, [this, samples] {
        samples->clear();
        for (const Sample& sample : m_samples)
            samples->addAction(sample.title, this, [this, id = sample.id] { openSample(id); })->setToolTip(sample.text);
    });
    QAction* after = m_actions->action("file.reload");
    file->insertMenu(after, recent);
    file->insertMenu(after, samples);
    QMenu* view = m_actions->menu("&View");
    auto* layouts = new QMenu(tr("&My layouts"), view);
    connect(layouts, &QMenu::aboutToShow, this, [this, layouts] { m_layouts->fillMenu(layouts); });
    view->insertMenu(m_actions->action("view.reset_layout"), layouts);
    QMenu* panels = view->addMenu(tr("&Panels"));
    for (QDockWidget* dock : m_docks.all())
        panels->addAction(dock->toggleViewAction());
}

void MainWindow::openCanvasMenu(const QString& id, const QPoint& position)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!id.isEmpty()) {
        if (!m_selection->contains(id))
            m_selection->selectOnly(id);
        for (const char* action : {"layer.edit_format", "layer.fit_range", "layer.reuse_more", "layer.reuse_less",
                                   "layer.lock", "layer.reset", "edit.copy_settings", "edit.paste_settings",
                                   "edit.select_similar", "view.fit_selection"})
            menu->addAction(m_actions->action(action));
    } else {
        for (const char* action : {"view.fit", "view.zoom_actual", "edit.select_all", "view.minimap", "file.export_image"})
            menu->addAction(m_actions->action(action));
    }
    menu->popup(position);
}

} // namespace bitwright
