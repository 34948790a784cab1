using System.Globalization;
using System.Net;
using System.Text;
using Pharos.Core.Matching;
using Pharos.Core.Time;
using Pharos.Templating.Formatting;

namespace Pharos.Templating.Prometheus;

/// <summary>Functions of texts alone.</summary>
internal static class TextFunctions
{
    /// <exception cref="TemplateFunctionException">The pattern is not valid.</exception>
    public static bool Match(string pattern, string text) => Regex(pattern).IsMatch(text);

    /// <exception cref="TemplateFunctionException">The pattern is not valid, or the result too long.</exception>
    public static string ReplaceAll(TemplateRun run, string pattern, string replacement, string text) =>
        Regex(pattern).ReplaceAll(text, replacement, run.MaxLength, run.Cancellation)
        ?? throw new TemplateFunctionException($"result is longer than {run.MaxLength} characters");

    /// <summary>The first letter of each word in its upper form.</summary>
    public static string Title(string text)
    {
        var title = new StringBuilder(text.Length);
        bool inWord = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            title.Append((inWord ? rune : Rune.ToUpperInvariant(rune)).ToString());
            inWord = Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '\'' || (rune.Value > 0x7f && !Rune.IsWhiteSpace(rune));
        }

        return title.ToString();
    }

    /// <summary>Seconds; the text is one of PromQL, as <c>-1h30m</c>.</summary>
    /// <exception cref="TemplateFunctionException">It is no duration.</exception>
    public static double ParseDuration(string text) => PrometheusDuration.TryParseSigned(text, out TimeSpan duration, out string? error)
        ? duration.TotalSeconds
        : throw new TemplateFunctionException(error);

    public static string GraphLink(string expression, int tab) =>
        string.Create(CultureInfo.InvariantCulture, $"/graph?g0.expr={HtmlText.EscapeQuery(expression)}&g0.tab={tab}");

    public static string StripPort(string address) => TrySplit(address, out string host, out _) ? host : address;

    /// <summary>The first label of a name; addresses stay.</summary>
    public static string StripDomain(string address)
    {
        if (!TrySplit(address, out string host, out string port))
        {
            host = address;
        }

        if (IPAddress.TryParse(host, out _) && (host.Contains(':', StringComparison.Ordinal) || host.Count(static c => c == '.') == 3))
        {
            return address;
        }

        string first = host.Split('.')[0];
        if (port.Length == 0)
        {
            return first;
        }

        return first.Contains(':', StringComparison.Ordinal) ? $"[{first}]:{port}" : $"{first}:{port}";
    }

    private static SearchRegex Regex(string pattern)
    {
        try
        {
            return SearchRegex.Parse(pattern);
        }
        catch (RegexSyntaxException e)
        {
            throw new TemplateFunctionException(e.Message);
        }
    }

    // As Go's net.SplitHostPort.
    private static bool TrySplit(string address, out string host, out string port)
    {
        int colon = address.LastIndexOf(':');
        (host, port) = colon < 0 ? ("", "") : (address[..colon], address[(colon + 1)..]);
        if (colon < 0)
        {
            return false;
        }

        if (host.StartsWith('['))
        {
            bool closed = host.IndexOf(']', StringComparison.Ordinal) == host.Length - 1;
            host = closed ? host[1..^1] : host;
            return closed && !host.Contains('[', StringComparison.Ordinal);
        }

        return !host.AsSpan().ContainsAny(":[]") && !port.AsSpan().ContainsAny("[]");
    }
}
