using System.Net;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>What went wrong with one request, of which the first messages are told, and what only deserves a warning. Not thread-safe.</summary>
internal sealed class TranslationLog
{
    private const int MaxMessages = 10;
    private const int MaxMessageLength = 1024;

    private readonly List<string> _errors = [];
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private readonly List<string> _toldWarnings = [];
    private readonly long[] _warningCounts = new long[Enum.GetValues<TranslationWarning>().Length];
    private int _errorCount;

    /// <summary>How the request is answered when something went wrong; the first that asks to be tried again, or else the first that blames the sender, or else 500.</summary>
    public HttpStatusCode Status { get; private set; } = HttpStatusCode.OK;

    public bool HasErrors => _errorCount > 0;

    /// <summary>The first warnings.</summary>
    public IReadOnlyList<string> Warnings => _toldWarnings;

    /// <summary>Distinct warnings of a category.</summary>
    public long WarningsOf(TranslationWarning category) => _warningCounts[(int)category];

    /// <summary>Notes what cannot be translated or stored. Upstream answers 500 to all that is not about the time of a sample.</summary>
    public void Refuse(string message, HttpStatusCode status = HttpStatusCode.InternalServerError)
    {
        _errorCount++;
        if (_errors.Count < MaxMessages)
        {
            _errors.Add(message.Length <= MaxMessageLength ? message : string.Concat(message.AsSpan(0, MaxMessageLength), "…"));
        }

        if (Rank(status) > Rank(Status))
        {
            Status = status;
        }
    }

    /// <summary>Notes a warning; the same message counts once.</summary>
    public void Warn(TranslationWarning category, string message)
    {
        if (!_warnings.Add(message))
        {
            return;
        }

        _warningCounts[(int)category]++;
        if (_toldWarnings.Count < MaxMessages)
        {
            _toldWarnings.Add(message);
        }
    }

    public OtlpResponse ToResponse()
    {
        string text = string.Join('\n', _errors);
        return new OtlpResponse(Status, _errorCount > _errors.Count ? $"{text}\nand {_errorCount - _errors.Count} more" : text, [.. _toldWarnings]);
    }

    public void Clear()
    {
        _errors.Clear();
        _errorCount = 0;
        _warnings.Clear();
        _toldWarnings.Clear();
        Array.Clear(_warningCounts);
        Status = HttpStatusCode.OK;
    }

    private static int Rank(HttpStatusCode status) => status switch
    {
        HttpStatusCode.OK => 0,
        HttpStatusCode.InternalServerError => 1,
        HttpStatusCode.BadRequest => 2,
        HttpStatusCode.RequestEntityTooLarge => 3,
        _ => 4,
    };
}
