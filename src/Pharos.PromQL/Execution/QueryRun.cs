using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Scheduling;

namespace Pharos.PromQL.Execution;

/// <summary>Everything that the operators of one query share: the reader, limits, annotations, workers. Thread-safe where said.</summary>
internal sealed class QueryRun
{
    // Rows of a partition, and the cells that make a partition worth while where rows are few but long.
    private const int PartitionRows = 1024;
    private const long PartitionCells = 1 << 18;

    // What a histogram weighs against a number, in time and memory.
    private const int HistogramWeight = 32;

    private const int MaxPartitions = 16;

    private readonly ISeriesQuerier _querier;
    private readonly QueryTicket _ticket;
    private readonly Stint _main;
    private readonly CancellationToken _stop;
    private readonly Dictionary<string, Scan> _scans = new(StringComparer.Ordinal);
    private readonly Stack<Worker> _idle = [];
    private readonly List<Worker> _workers = [];
    private readonly Lock _workerLock = new();
    private readonly OperatorBuilder _operators;
    private int _slots;

    /// <param name="querier">Reads the series.</param>
    /// <param name="options">Limits and features.</param>
    /// <param name="ticket">Counts the query's work.</param>
    /// <param name="main">The stint of the thread that evaluates.</param>
    /// <param name="stop">Ends the evaluation.</param>
    /// <param name="trace">Measures a query that is explained.</param>
    public QueryRun(ISeriesQuerier querier, EngineOptions options, QueryTicket ticket, Stint main, CancellationToken stop, QueryTrace? trace = null)
    {
        _querier = querier;
        _ticket = ticket;
        _main = main;
        _stop = stop;
        Options = options;
        Trace = trace;
        _operators = new OperatorBuilder(trace);
        Budget = new SampleBudget(options.MaxSamples);
    }

    public EngineOptions Options { get; }

    /// <summary>Only in a query that is explained.</summary>
    public QueryTrace? Trace { get; }

    /// <summary>Milliseconds.</summary>
    public long LookbackDelta => (long)Options.LookbackDelta.TotalMilliseconds;

    public bool DelaysNames => Options.DelayedNameRemoval;

    /// <summary>Thread-safe.</summary>
    public SampleBudget Budget { get; }

    /// <summary>Thread-safe.</summary>
    public AnnotationSet Annotations { get; } = new();

    /// <summary>What sources of series warn of up to now.</summary>
    public IReadOnlyCollection<string> SourceWarnings => _querier.Warnings;

    /// <summary>Thread-safe.</summary>
    public SymbolTable Symbols { get; } = new();

    /// <summary>Counts the work of the evaluating thread; not for the bodies of <see cref="Parallelize"/>, whose workers have their own.</summary>
    public Pace Pace => _main;

    /// <summary>
    /// An operator that is open may add annotations, or refuse, as its rows are filled: then rows are filled also where nobody wants their values, since
    /// upstream evaluates all of them.
    /// </summary>
    public bool NeedsEveryRow { get; private set; }

    /// <summary>Samples decoded so far; read it when no worker runs.</summary>
    public long SamplesRead => _workers.Sum(static w => w.SamplesRead);

    /// <summary>A run of its own over the same series, for the same query.</summary>
    public QueryRun Another(EngineOptions options) => new(_querier, options, _ticket, _main, _stop);

    /// <summary>The operator of a plan node that answers a vector; the same one each time. Not thread-safe.</summary>
    public RowSource Build(Planning.PlanNode plan) => _operators.Build(plan);

    /// <summary>For operators that open. Not thread-safe.</summary>
    public void NeedEveryRow() => NeedsEveryRow = true;

    /// <summary>Gives memory back that serves other queries. When everything was evaluated and nothing is filled any more.</summary>
    public void Release() => _workers.ForEach(static worker => worker.Release());

    /// <summary>A place in every worker for an operator's scratch.</summary>
    public int NewSlot() => _slots++;

    /// <summary>The series of a selection; equal selections over equal times are read once.</summary>
    public Scan Select(IReadOnlyList<Matcher> matchers, long minTime, long maxTime, bool wantsStatistics = false)
    {
        string key = $"{Planning.SelectorKey.Of(matchers)} {minTime} {maxTime} {wantsStatistics}";
        if (!_scans.TryGetValue(key, out Scan? scan))
        {
            var selection = new SeriesSelection(matchers, minTime, maxTime);
            scan = Trace is null ? NewScan(selection, wantsStatistics) : Trace.Select(slot => NewScan(selection, wantsStatistics).MeasuredBy(slot));
            _scans.Add(key, scan);
        }

        Trace?.Reads(scan);
        return scan;
    }

    /// <summary>
    /// Into how many partitions the work on rows is cut: decided by the data and never by the cores, so that sums of partitions do not depend on the machine.
    /// </summary>
    public static int PartitionsFor(long rows, int steps, bool hasHistograms = false)
    {
        long wanted = Math.Max(rows / PartitionRows, rows * steps / (hasHistograms ? PartitionCells / HistogramWeight : PartitionCells));
        return (int)Math.Clamp(wanted, 1, Math.Max(1, Math.Min(rows, MaxPartitions)));
    }

    /// <summary>Runs the partitions on several threads, the caller's among them; returns when all are done. Not to be nested.</summary>
    /// <exception cref="QueryException">That of the first partition that failed.</exception>
    public void Parallelize(int partitions, Action<int, Worker> body)
    {
        if (Trace is null)
        {
            RunPartitions(partitions, body);
        }
        else
        {
            Trace.Parallelize(body, measured => RunPartitions(partitions, measured));
        }
    }

    /// <summary>The rows of a partition: <c>From .. To-1</c>.</summary>
    public static (int From, int To) Bounds(int rows, int partitions, int partition) =>
        ((int)((long)rows * partition / partitions), (int)((long)rows * (partition + 1) / partitions));

    private Scan NewScan(SeriesSelection selection, bool wantsStatistics)
    {
        try
        {
            return new Scan(_querier.Select(selection, _stop), selection.MinTime, selection.MaxTime, NewSlot(), wantsStatistics);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new QueryStoppedException();
        }
    }

    private void RunPartitions(int partitions, Action<int, Worker> body)
    {
        if (partitions == 1 || Options.MaxThreads <= 1)
        {
            for (int p = 0; p < partitions; p++)
            {
                WithWorker(p, _main, body);
            }

            return;
        }

        new PartitionLoop(partitions, () => new Stint(_ticket, _stop), (partition, stint) => WithWorker(partition, stint, body)).Run(_main, Options.MaxThreads - 1);
    }

    private void WithWorker(int partition, Stint stint, Action<int, Worker> body)
    {
        Worker worker = Take();
        worker.Pace = stint;
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

            worker = new Worker(this, _main, Trace?.NewClock());
            _workers.Add(worker);
            return worker;
        }
    }
}
