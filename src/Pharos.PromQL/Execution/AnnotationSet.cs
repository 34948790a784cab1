using System.Globalization;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>The warnings and infos of one query. Equal messages are one annotation, wherever they arose; of ten thousand different ones further ones are dropped. Thread-safe.</summary>
internal sealed class AnnotationSet
{
    // Far more than anybody reads; a query may find another text at each of its steps.
    private const int MaxTexts = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (bool IsWarning, PositionRange Position, int Count)> _plain = new(StringComparer.Ordinal);
    private readonly Dictionary<(object Operator, int Step), (int Order, bool IsWarning, string Message, PositionRange Position)> _last = [];
    private readonly Dictionary<string, ForcedMonotonicity> _forced = new(StringComparer.Ordinal);

    /// <summary>Adds an annotation; of equal ones the last in the query stays, as upstream, which evaluates from left to right.</summary>
    public void Add(bool isWarning, string message, PositionRange position) => AddCounted(isWarning, message, position, 0);

    /// <summary>Adds an annotation that says how often it arose; counts of equal ones add up.</summary>
    public void AddCounted(bool isWarning, string message, PositionRange position, int count)
    {
        lock (_lock)
        {
            AddPlain(isWarning, message, position, count);
        }
    }

    /// <summary>Adds an annotation of which an operator gives one a step only: that with the greatest order.</summary>
    public void AddLast(object source, int step, int order, bool isWarning, string message, PositionRange position)
    {
        lock (_lock)
        {
            if (!_last.TryGetValue((source, step), out (int Order, bool IsWarning, string Message, PositionRange Position) known) || order >= known.Order)
            {
                _last[(source, step)] = (order, isWarning, message, position);
            }
        }
    }

    /// <summary>Bucket counts fell at a step and were raised.</summary>
    public void AddForcedMonotonicity(string metricName, PositionRange position, long time, in BucketRepair repair)
    {
        string message = "PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see "
            + "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)" + AnnotationText.ForMetric(metricName);
        lock (_lock)
        {
            if (!_forced.TryGetValue(message, out ForcedMonotonicity? known))
            {
                known = new ForcedMonotonicity(position);
                _forced.Add(message, known);
            }

            known.Add(position, time, repair);
        }
    }

    /// <summary>All annotations in the order of their positions, then of their texts.</summary>
    public IReadOnlyList<QueryAnnotation> ToList(string query)
    {
        lock (_lock)
        {
            foreach ((_, bool isWarning, string message, PositionRange position) in _last.Values)
            {
                AddPlain(isWarning, message, position, 0);
            }

            return
            [
                .. _plain
                    .Select(p => (p.Value.Position, p.Value.IsWarning, Message: p.Key, Text: p.Key + Times(p.Value.Count) + $" ({AnnotationText.Position(query, p.Value.Position)})"))
                    .Concat(_forced.Select(f => (f.Value.Position, IsWarning: false, Message: f.Key, Text: f.Value.Describe(f.Key, query))))
                    .OrderBy(static a => a.Position.Start).ThenBy(static a => a.Message, StringComparer.Ordinal)
                    .Select(static a => new QueryAnnotation(a.IsWarning, a.Message, a.Text, a.Position)),
            ];
        }
    }

    private void AddPlain(bool isWarning, string message, PositionRange position, int count)
    {
        message = (isWarning ? "PromQL warning: " : "PromQL info: ") + message;
        bool isKnown = _plain.TryGetValue(message, out (bool IsWarning, PositionRange Position, int Count) known);
        if (isKnown || _plain.Count < MaxTexts)
        {
            bool isLast = !isKnown || position.Start > known.Position.Start;
            _plain[message] = (isWarning, isLast ? position : known.Position, known.Count + count);
        }
    }

    private static string Times(int count) => count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({count} occurrences)") : "";

    // Of all places the first is told.
    private sealed class ForcedMonotonicity(PositionRange position)
    {
        private PositionRange _position = position;
        private long _minTime = long.MaxValue;
        private long _maxTime = long.MinValue;
        private BucketRepair _repair = BucketRepair.None;
        private int _count;

        public PositionRange Position => _position;

        public void Add(PositionRange position, long time, in BucketRepair repair)
        {
            _position = position.Start < _position.Start ? position : _position;
            _minTime = Math.Min(_minTime, time);
            _maxTime = Math.Max(_maxTime, time);
            _repair = new BucketRepair(
                true,
                Math.Min(_repair.MinBucket, repair.MinBucket),
                Math.Max(_repair.MaxBucket, repair.MaxBucket),
                Math.Max(_repair.MaxDifference, repair.MaxDifference));
            _count++;
        }

        public string Describe(string message, string query) =>
            $"{message}, from buckets {AnnotationText.Number(_repair.MinBucket)} to {AnnotationText.Number(_repair.MaxBucket)}, "
            + $"with a max diff of {AnnotationText.TwoDigits(_repair.MaxDifference)}, over {_count} samples from {AnnotationText.Time(_minTime)} "
            + $"to {AnnotationText.Time(_maxTime)} ({AnnotationText.Position(query, _position)})";
    }
}
