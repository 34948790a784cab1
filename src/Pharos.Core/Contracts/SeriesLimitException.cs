namespace Pharos.Core.Contracts;

/// <summary>The store holds as many series as it may.</summary>
public sealed class SeriesLimitException : Exception
{
    /// <summary>Says the limit.</summary>
    public SeriesLimitException(long limit)
        : base($"the limit of {limit} series in the head is reached")
    {
        Limit = limit;
    }

    /// <summary>The limit that was reached, in series.</summary>
    public long Limit { get; }
}
