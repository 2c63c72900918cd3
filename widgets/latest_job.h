// SPDX-License-Identifier: GPL-3.0-or-later
/// Background work whose newest request wins (aesthetics.md 5.7), with partial results.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <QtConcurrentRun>

namespace bitwright {

/// One slot of background work. Each request hands any number of values of T to the GUI thread, in order; as soon
/// as a newer request starts, nothing of an older one arrives any more. Destruction cancels and does not wait:
/// the work owns everything that it captures.
template <class T>
class LatestJob {
public:
    /// Hands one value over to the GUI thread; called on the worker.
    using Emit = std::function<void(T)>;

    /// @p deliver is called on the GUI thread per value, @p finished once per request that was not superseded.
    LatestJob(QThreadPool* pool, std::function<void(T)> deliver, std::function<void()> finished = {})
        : m_pool(pool), m_deliver(std::move(deliver)), m_finished(std::move(finished))
    {
    }
    ~LatestJob() { cancel(); }
    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;

    /// @p work is called as work(std::stop_token, const Emit&) on a thread of the pool.
    template <class Work>
    void start(Work work)
    {
        cancel();
        m_stop = std::stop_source{};
        m_watcher = std::make_unique<QFutureWatcher<T>>();
        watch(m_watcher.get());
        m_watcher->setFuture(QtConcurrent::run(
            m_pool, [work = std::move(work), stop = m_stop.get_token()](QPromise<T>& promise) mutable {
                if (!stop.stop_requested())
                    work(stop, Emit([&promise](T value) { promise.addResult(std::move(value)); }));
            }));
    }

    /// Drops the request: its remaining values never arrive. No-op when idle.
    void cancel()
    {
        if (!m_watcher)
            return;
        m_stop.request_stop();
        m_watcher->disconnect();
        m_watcher->future().cancel();
        // A value may be under delivery right now, so the watcher outlives this call; its pending events die with it.
        m_watcher.release()->deleteLater();
    }

    bool isRunning() const { return m_watcher != nullptr; }

private:
    void watch(QFutureWatcher<T>* watcher)
    {
        QObject::connect(watcher, &QFutureWatcherBase::resultReadyAt, watcher, [this, watcher](int index) {
            const auto deliver = m_deliver; // delivering may start the next request
            deliver(watcher->resultAt(index));
        });
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [this, watcher] {
            if (m_watcher.get() != watcher)
                return;
            m_watcher.release()->deleteLater();
            if (const auto finished = m_finished)
                finished();
        });
    }

    QThreadPool* m_pool;
    std::function<void(T)> m_deliver;
    std::function<void()> m_finished;
    std::stop_source m_stop;
    std::unique_ptr<QFutureWatcher<T>> m_watcher;
};

} // namespace bitwright
