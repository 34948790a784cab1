using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>
/// One record of the log, decoded. Owned and reused by one reader; what it holds is valid until the next record is read into it. Not thread-safe.
/// </summary>
public sealed class LoggedRecord
{
    private const int KeptSamples = 1 << 17;
    private const int KeptLabelBytes = 4 << 20;

    private readonly List<(SeriesRef Series, int Start, int Length)> _series = [];
    private LoggedSample[] _samples = [];
    private byte[] _labelBytes = [];
    private int _labelLength;

    /// <summary>Where the record begins.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>How many samples there are.</summary>
    public int SampleCount { get; private set; }

    /// <summary>The samples, in the order in which they were appended.</summary>
    public ReadOnlySpan<LoggedSample> Samples => _samples.AsSpan(0, SampleCount);

    /// <summary>How many series are described.</summary>
    public int SeriesCount => _series.Count;

    /// <summary>Exemplars, without the word whether their source said the timestamp.</summary>
    public List<SeriesExemplar> Exemplars { get; } = [];

    /// <summary>Native histograms, in the order in which they were appended.</summary>
    public List<LoggedHistogram> Histograms { get; } = [];

    /// <summary>Types, units and help texts.</summary>
    public List<SeriesMetadata> Metadata { get; } = [];

    /// <summary>A series and its label bytes (<see cref="ISeriesAppender"/>), sorted by name.</summary>
    public SeriesRef GetSeries(int index, out ReadOnlySpan<byte> labelBytes)
    {
        (SeriesRef series, int start, int length) = _series[index];
        labelBytes = _labelBytes.AsSpan(start, length);
        return series;
    }

    /// <summary>Empties it for the record that begins here. Memory that one large record took is given back.</summary>
    public void Begin(LogPosition position)
    {
        if (_samples.Length > KeptSamples && SampleCount <= KeptSamples)
        {
            _samples = [];
        }

        if (_labelBytes.Length > KeptLabelBytes && _labelLength <= KeptLabelBytes)
        {
            _labelBytes = [];
        }

        Position = position;
        SampleCount = 0;
        _labelLength = 0;
        _series.Clear();
        Exemplars.Clear();
        Histograms.Clear();
        Metadata.Clear();
    }

    /// <summary>Room for so many samples; say with <see cref="EndSamples"/> how many came.</summary>
    public Span<LoggedSample> ReserveSamples(int count)
    {
        if (_samples.Length < count)
        {
            _samples = new LoggedSample[Math.Max(count, Math.Min(2 * _samples.Length, KeptSamples))];
        }

        return _samples;
    }

    /// <summary>Ends what <see cref="ReserveSamples"/> began.</summary>
    public void EndSamples(int count) => SampleCount = count;

    /// <summary>Room for the label bytes of a series, of which so many are used; say with <see cref="EndSeries"/> how many those are in the end.</summary>
    public Span<byte> ReserveLabels(int used, int more)
    {
        int needed = checked(_labelLength + used + more);
        if (_labelBytes.Length < needed)
        {
            Array.Resize(ref _labelBytes, Math.Max(needed, (int)Math.Min(2L * _labelBytes.Length, Array.MaxLength)));
        }

        return _labelBytes.AsSpan(_labelLength);
    }

    /// <summary>Ends what <see cref="ReserveLabels"/> began: the series has so many label bytes.</summary>
    public void EndSeries(SeriesRef series, int length)
    {
        _series.Add((series, _labelLength, length));
        _labelLength += length;
    }
}
