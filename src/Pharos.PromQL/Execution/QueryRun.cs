using Pharos.Core.Contracts;
using Pharos.Core.Matching;

namespace Pharos.PromQL.Execution;

/// <summary>Everything that the operators of one query share: the reader, limits, annotations, workers. Thread-safe where said.</summary>
internal sealed class QueryRun
{
    // Rows of a partition, and the cells that make a partition worth while where rows are few but long.
    private const int PartitionRows = 1024;
    private const long PartitionCells = 1 << 18;
    private const int MaxPartitions = 16;

    private readonly ISeriesQuerier _querier;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, Scan> _scans = new(StringComparer.Ordinal);
    private readonly Stack<Worker> _idle = [];
    private readonly List<Worker> _workers = [];
    private readonly Lock _workerLock = new();
    private readonly OperatorBuilder _operators = new();
    private int _slots;

    public QueryRun(ISeriesQuerier querier, EngineOptions options, CancellationToken cancellation)
    {
        _querier = querier;
        _cancellation = cancellation;
        Options = options;
        Budget = new SampleBudget(options.MaxSamples);
    }

    public EngineOptions Options { get; }

    /// <summary>Milliseconds.</summary>
    public long LookbackDelta => (long)Options.LookbackDelta.TotalMilliseconds;

    public bool DelaysNames => Options.DelayedNameRemoval;

    /// <summary>Thread-safe.</summary>
    public SampleBudget Budget { get; }

    /// <summary>Thread-safe.</summary>
    public AnnotationSet Annotations { get; } = new();

    /// <summary>Thread-safe.</summary>
    public SymbolTable Symbols { get; } = new();

    /// <summary>Samples decoded so far; read it when no worker runs.</summary>
    public long SamplesRead => _workers.Sum(static w => w.SamplesRead);

    /// <summary>The operator of a plan node that answers a vector; the same one each time. Not thread-safe.</summary>
    public RowSource Build(Planning.PlanNode plan) => _operators.Build(plan);

    /// <summary>A place in every worker for an operator's scratch.</summary>
    public int NewSlot() => _slots++;

    /// <summary>The series of a selection; equal selections over equal times are read once.</summary>
    public Scan Select(IReadOnlyList<Matcher> matchers, long minTime, long maxTime)
    {
        string key = $"{Planning.SelectorKey.Of(matchers)} {minTime} {maxTime}";
        if (!_scans.TryGetValue(key, out Scan? scan))
        {
            try
            {
                scan = new Scan(_querier.Select(new SeriesSelection(matchers, minTime, maxTime), _cancellation), minTime, maxTime, NewSlot());
            }
            catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
            {
                throw new QueryStoppedException();
            }

            _scans.Add(key, scan);
        }

        return scan;
    }

    /// <summary>Ends the evaluation when the caller gave up or the time is over. Thread-safe.</summary>
    public void ThrowIfStopped()
    {
        if (_cancellation.IsCancellationRequested)
        {
            throw new QueryStoppedException();
        }
    }

    /// <summary>
    /// Into how many partitions the work on rows is cut: decided by the data and never by the cores, so that sums of partitions do not depend on the machine.
    /// </summary>
    public static int PartitionsFor(long rows, int steps)
    {
        long wanted = Math.Max(rows / PartitionRows, rows * steps / PartitionCells);
        return (int)Math.Clamp(wanted, 1, Math.Max(1, Math.Min(rows, MaxPartitions)));
    }

    /// <summary>Runs the partitions on several threads, the caller's among them; returns when all are done. Not to be nested.</summary>
    /// <exception cref="QueryException">That of the first partition that failed.</exception>
    public void Parallelize(int partitions, Action<int, Worker> body)
    {
        if (partitions == 1 || Options.MaxThreads <= 1)
        {
            for (int p = 0; p < partitions; p++)
            {
                WithWorker(p, body);
            }

            return;
        }

        var failures = new Exception?[partitions];
        Parallel.For(0, partitions, new ParallelOptions { MaxDegreeOfParallelism = Options.MaxThreads }, (p, state) =>
        {
            try
            {
                WithWorker(p, body);
            }
            catch (Exception e) when (e is QueryException or QueryStoppedException or StorageUnavailableException)
            {
                failures[p] = e;
                state.Stop();
            }
        });
        if (Array.Find(failures, static f => f is not null) is { } first)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>The rows of a partition: <c>From .. To-1</c>.</summary>
    public static (int From, int To) Bounds(int rows, int partitions, int partition) =>
        ((int)((long)rows * partition / partitions), (int)((long)rows * (partition + 1) / partitions));

    private void WithWorker(int partition, Action<int, Worker> body)
    {
        Worker worker = Take();
        body(partition, worker);
        worker.Flush();
        lock (_workerLock)
        {
            _idle.Push(worker);
        }
    }

    private Worker Take()
    {
        lock (_workerLock)
        {
            if (_idle.TryPop(out Worker? worker))
            {
                return worker;
            }

            worker = new Worker(this);
            _workers.Add(worker);
            return worker;
        }
    }
}
