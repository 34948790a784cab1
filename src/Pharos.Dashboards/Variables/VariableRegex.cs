using System.Text.RegularExpressions;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Variables;

/// <summary>The regular expression of a variable: chooses options and the part of them that counts. It is one of JavaScript.</summary>
internal sealed class VariableRegex
{
    // Only for what linear matching cannot do: looking around and back references.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex _regex;
    private readonly bool _all;

    private VariableRegex(Regex regex, bool all)
    {
        _regex = regex;
        _all = all;
    }

    /// <summary>Parses <c>/pattern/flags</c>; without slashes the pattern is the whole of an option.</summary>
    /// <exception cref="VariableException">It is no regular expression.</exception>
    public static VariableRegex Parse(string text)
    {
        (string pattern, string flags) = text is ['/', ..] && text.LastIndexOf('/') is > 0 and int end ? (text[1..end], text[(end + 1)..]) : ($"^{text}$", "");
        RegexOptions options = RegexOptions.CultureInvariant
            | (flags.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : 0)
            | (flags.Contains('m', StringComparison.Ordinal) ? RegexOptions.Multiline : 0)
            | (flags.Contains('s', StringComparison.Ordinal) ? RegexOptions.Singleline : 0);
        try
        {
            return new VariableRegex(Make(pattern, options), flags.Contains('g', StringComparison.Ordinal));
        }
        catch (ArgumentException e)
        {
            throw new VariableException($"the regular expression {text} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>What the expression makes of an option: nothing, one, or one a match.</summary>
    /// <exception cref="VariableException">It takes too long.</exception>
    public IEnumerable<VariableOption> Apply(string option)
    {
        try
        {
            return [.. ApplyAll(option)];
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new VariableException("the regular expression takes too long", e);
        }
    }

    private static Regex Make(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, Patience);
        }
    }

    private IEnumerable<VariableOption> ApplyAll(string option)
    {
        List<Match> matches = [.. _all ? _regex.Matches(option) : Enumerable.Repeat(_regex.Match(option), 1).Where(static m => m.Success)];
        if (matches.Count == 0)
        {
            return [];
        }

        string? value = Named(matches, "value");
        string? text = Named(matches, "text");
        if (value is not null || text is not null)
        {
            return [new VariableOption(text ?? value!, value ?? text!)];
        }

        List<string> parts = [.. matches.Where(static m => m.Groups.Count > 1).Select(static m => m.Groups[1].Value)];
        return parts.Count switch
        {
            0 => [new VariableOption(option, option)],
            _ => parts.Select(static part => new VariableOption(part, part)),
        };
    }

    private static string? Named(List<Match> matches, string name) => matches.Select(m => m.Groups[name]).FirstOrDefault(static g => g.Success)?.Value;
}
