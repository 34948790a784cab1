using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Storage.Exemplars;

/// <summary>The exemplars of one series, by ascending timestamps. Guarded by the lock of the store, but for the labels.</summary>
internal sealed class ExemplarSeries(Labels labels)
{
    public Labels Labels => labels;

    /// <summary>The reference under which it came last; a series that was dropped and came back has another one.</summary>
    public SeriesRef Reference { get; set; }

    public LinkedList<StoredExemplar> Exemplars { get; } = [];
}
