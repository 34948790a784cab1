using System.Globalization;
using Pharos.Alerting.Matchers;
using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Alerting.Configuration;

/// <summary>Fields that several sections of <c>alertmanager.yml</c> have.</summary>
internal static class AlertingFields
{
    /// <summary>A URL with scheme <c>http</c> or <c>https</c>; null where the field is absent. What is refused is not shown: it may hold a secret.</summary>
    /// <param name="map">The section.</param>
    /// <param name="key">The field.</param>
    /// <param name="isSecret">It never shows.</param>
    public static string? HttpUrl(this YamlMapping map, string key, bool isSecret = false)
    {
        YamlNode? node = map.Take(key);
        if (node is null || node.IsNull)
        {
            return null;
        }

        if (node.Kind != YamlKind.Scalar)
        {
            map.RefuseShape(key, $"cannot unmarshal {YamlScalar.ResolveTag(node)} into string", "a URL");
            return null;
        }

        // A configuration that was printed is taken again: its secrets are this word.
        if (!(isSecret && node.Text == Secret.Token) && UrlProblem(node.Text) is { } problem)
        {
            map.RefuseShape(key, problem, "a URL such as https://example.com/path");
            return null;
        }

        map.Record(key, isSecret ? CanonicalScalar.OfSecret(new Secret(node.Text)) : CanonicalScalar.OfText(ConfigUrl.Parse(node.Text).ToString()));
        return node.Text;
    }

    /// <summary>What is wrong with a URL, without the URL; null when nothing is.</summary>
    public static string? UrlProblem(string text)
    {
        try
        {
            ConfigUrl url = ConfigUrl.Parse(text);
            return url.Scheme is not ("http" or "https") ? $"unsupported scheme {GoQuote.Quote(url.Scheme)} for URL" : url.Host.Length == 0 ? "missing host for URL" : null;
        }
        catch (FormatException e)
        {
            return "parse <redacted>: " + e.Message[(e.Message.LastIndexOf("\": ", StringComparison.Ordinal) + 3)..];
        }
    }

    /// <summary>A duration that may be left to another place.</summary>
    public static TimeSpan? OptionalDuration(this YamlMapping map, string key) => map.Has(key) ? map.Duration(key, always: true) : Skip(map, key);

    /// <summary>A duration in Go's text, or a number of nanoseconds.</summary>
    public static TimeSpan GoDuration(this YamlMapping map, string key)
    {
        TimeSpan value = map.Parse(key, TimeSpan.Zero, TimeSpan.Zero, ParseGoDuration, "a duration such as 10s or 1m30s");
        map.Record(key, CanonicalScalar.OfText(GoDurationText.Format(value)), always: true);
        return value;
    }

    /// <summary>A list of matchers; each text may have several.</summary>
    public static IReadOnlyList<AlertMatcher> Matchers(this YamlMapping map, string key, MatcherMode mode)
    {
        var matchers = new List<AlertMatcher>();
        foreach (YamlNode item in map.Items(key, "[]string"))
        {
            if (item.Kind != YamlKind.Scalar)
            {
                map.Diagnostics.Error(item.Position, $"cannot unmarshal {YamlScalar.ResolveTag(item)} into string", expected: "a matcher such as severity=\"critical\"");
                continue;
            }

            try
            {
                matchers.AddRange(new MatcherParser(mode, text => map.Diagnostics.Warn(item.Position, text)).ParseAll(item.IsNull ? "" : item.Text));
            }
            catch (MatcherException e)
            {
                map.Diagnostics.Error(item.Position, e.Message, item.Text);
            }
        }

        IReadOnlyList<AlertMatcher> sorted = AlertMatchers.Sorted(matchers);
        map.Record(key, CanonicalList.OfTexts(sorted.Select(static m => m.ToString())));
        return sorted;
    }

    /// <summary>Labels with the values that they must have, or with <paramref name="isRegex"/> patterns of them: the older form of matchers.</summary>
    public static IReadOnlyList<AlertMatcher> MatchMap(this YamlMapping map, string key, bool isRegex)
    {
        var matchers = new List<AlertMatcher>();
        foreach ((string name, string value) in map.StringMap(key, static (name, _) => LabelName.IsLegacy(name) ? null : $"invalid label name {GoQuote.Quote(name)}"))
        {
            YamlNode? node = map.Take(key)?.Find(name);
            if (isRegex && node?.IsNull == true)
            {
                map.Diagnostics.Error(node.Position, $"invalid regexp value for {GoQuote.Quote(name)}", expected: "a regular expression");
                continue;
            }

            try
            {
                // Upstream compiles the pattern when it reads it and keeps it anchored: route keys show that.
                matchers.Add(isRegex ? new AlertMatcher(MatchType.Match, name, $"^(?:{new AlertMatcher(MatchType.Match, name, value).Value})$") : new AlertMatcher(MatchType.Equal, name, value));
            }
            catch (MatcherException e)
            {
                map.Diagnostics.Error(node?.Position ?? map.PositionOf(key), e.Message, value);
            }
        }

        return matchers;
    }

    /// <summary>Free-form YAML as it is printed.</summary>
    public static CanonicalNode Shown(YamlNode node)
    {
        switch (node.Kind)
        {
            case YamlKind.Sequence:
                return new CanonicalList([.. node.Items.Select(Shown)]);
            case YamlKind.Mapping:
                var mapping = new CanonicalMapping();
                foreach (YamlEntry entry in node.Entries)
                {
                    mapping.Add(entry.Key.Text, Shown(entry.Value));
                }

                return mapping;
            default:
                return YamlScalar.ResolveTag(node) == "!!str" ? CanonicalScalar.OfText(node.Text) : CanonicalScalar.OfLiteral(node.IsNull ? "null" : node.Text);
        }
    }

    private static TimeSpan? Skip(YamlMapping map, string key)
    {
        map.Take(key);
        return null;
    }

    private static TimeSpan ParseGoDuration(string text)
    {
        if (GoDurationText.TryParse(text, out TimeSpan duration))
        {
            return duration;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long nanoseconds)
            ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new FormatException($"cannot unmarshal !!str `{ConfigText.Shorten(text)}` into time.Duration");
    }
}
