using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Exemplars;
using Pharos.Storage.Head;
using Pharos.Storage.Metadata;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Tailing;

/// <summary>The log of an open store for those who follow it: records from disk, labels from the head as long as it has them.</summary>
internal sealed class SampleLog : ISampleLog
{
    private readonly HeadMemory _memory;
    private readonly LogEnd _end;
    private readonly string _folder;
    private readonly HeadCounters _counters;
    private readonly ExemplarStore _exemplars;
    private readonly SeriesMetadataStore _metadata;

    public SampleLog(HeadMemory memory, HeadCounters counters, LogEnd end, string folder, ExemplarStore exemplars, SeriesMetadataStore metadata)
    {
        _memory = memory;
        _counters = counters;
        _exemplars = exemplars;
        _metadata = metadata;
        _end = end;
        _folder = folder;
    }

    public event Action? Written
    {
        add => _end.Moved += value;
        remove => _end.Moved -= value;
    }

    public LogPosition End => _end.Position;

    public LogStatistics Statistics
    {
        get
        {
            long histograms = Interlocked.Read(ref _counters.HistogramsAppended);
            long all = Interlocked.Read(ref _counters.SamplesAppended);
            return new LogStatistics(all - histograms, _exemplars.GetMetrics().Appended, histograms, Math.Max(0, _memory.MaxTime));
        }
    }

    public ILogCursor OpenCursor(LogPosition from, LogContent content) => new LogCursor(_folder, _end, from, content);

    public int FindLabels(SeriesRef series, ref byte[] buffer) => _memory.FindLabelBytes(series, ref buffer);

    public bool FindMetadata(SeriesRef series, out SeriesMetadata metadata) => _metadata.TryGet(series, out metadata);

    public void ReadSeries(LogPosition until, Action<LoggedRecord> read, CancellationToken cancellationToken)
    {
        List<string> paths = PathsUpTo(until.Segment);
        var decoder = new RecordDecoder(LogContent.Series);
        var record = new LoggedRecord();
        new LogReader(paths).ReadAll(new RecordBatch(), batch =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < batch.Count; i++)
            {
                record.Begin(default);
                if (decoder.TryDecode(batch.Get(i, out _, out _), record) && record.SeriesCount > 0)
                {
                    read(record);
                }
            }

            batch.Clear();
            return batch;
        });
    }

    // Those of the newest checkpoint, then those after it. Segments that a truncation removes meanwhile are in the checkpoint that it wrote before.
    private List<string> PathsUpTo(int last)
    {
        var paths = new List<string>();
        List<int> checkpoints = WalSegments.ListCheckpoints(_folder);
        int checkpoint = checkpoints.Count > 0 ? checkpoints[^1] : -1;
        if (checkpoint >= 0)
        {
            string folder = WalSegments.CheckpointPath(_folder, checkpoint);
            paths.AddRange(WalSegments.List(folder).Select(index => WalSegments.Path(folder, index)));
        }

        paths.AddRange(WalSegments.List(_folder).Where(index => index > checkpoint && index <= last).Select(index => WalSegments.Path(_folder, index)));
        return paths;
    }
}
