using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>Takes exemplars in and remembers them in order. Thread-safe.</summary>
public sealed class RecordingExemplars : IExemplarAppender
{
    private readonly Lock _lock = new();
    private readonly List<SeriesExemplar> _exemplars = [];

    public bool KeepsExemplars { get; set; } = true;

    /// <summary>Series whose exemplars are refused as out of order.</summary>
    public HashSet<SeriesRef> Late { get; } = [];

    /// <summary>Times that exemplars were appended.</summary>
    public int Batches { get; private set; }

    /// <summary>Everything stored, in order.</summary>
    public IReadOnlyList<SeriesExemplar> Exemplars
    {
        get
        {
            lock (_lock)
            {
                return [.. _exemplars];
            }
        }
    }

    public ExemplarSummary AppendExemplars(ReadOnlySpan<SeriesExemplar> exemplars)
    {
        lock (_lock)
        {
            Batches++;
            int late = 0;
            foreach (SeriesExemplar exemplar in exemplars)
            {
                if (Late.Contains(exemplar.Series))
                {
                    late++;
                }
                else
                {
                    _exemplars.Add(exemplar);
                }
            }

            return new ExemplarSummary(exemplars.Length - late, late, 0, 0);
        }
    }
}
