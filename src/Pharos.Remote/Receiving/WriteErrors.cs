using System.Net;
using System.Text;
using Pharos.Core.Contracts;

namespace Pharos.Remote.Receiving;

/// <summary>The refusals of one request, of which the first ones are told.</summary>
internal sealed class WriteErrors
{
    private const int MaxMessages = 10;
    private const int MaxMessageLength = 1024;

    private readonly List<string> _messages = [];
    private int _count;

    /// <summary>Whether there was no room for a new series.</summary>
    public bool SeriesLimitReached { get; set; }

    /// <summary>Whether another message would be told; if not, making it is wasted.</summary>
    public bool WantsMore => _messages.Count < MaxMessages;

    /// <summary>Upstream's word for a sample that the store refused.</summary>
    public static string TextOf(AppendResult result) => result switch
    {
        AppendResult.OutOfOrder => "out of order sample",
        AppendResult.DuplicateTimestamp => "duplicate sample for timestamp",
        _ => "out of bounds",
    };

    public void Add(string message)
    {
        _count++;
        if (WantsMore)
        {
            _messages.Add(message.Length <= MaxMessageLength ? message : string.Concat(message.AsSpan(0, MaxMessageLength), "…"));
        }
    }

    /// <summary>Counts a refusal that is not told.</summary>
    public void AddUntold() => _count++;

    public void Clear()
    {
        _messages.Clear();
        _count = 0;
        SeriesLimitReached = false;
    }

    public RemoteWriteResponse ToResponse()
    {
        if (_count == 0)
        {
            return new RemoteWriteResponse(HttpStatusCode.NoContent, "");
        }

        var text = new StringBuilder().AppendJoin('\n', _messages);
        if (_count > _messages.Count)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\nand {_count - _messages.Count} more");
        }

        return new RemoteWriteResponse(SeriesLimitReached ? HttpStatusCode.TooManyRequests : HttpStatusCode.BadRequest, text.ToString());
    }
}
