using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax;
using Pharos.Rules.Views;

namespace Pharos.Server.Api;

/// <summary>The parameters of <c>/api/v1/rules</c>. Errors are upstream's.</summary>
internal sealed class RuleSelection
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _groups;
    private readonly HashSet<string> _files;
    private readonly IReadOnlyList<IReadOnlyList<Matcher>> _matcherSets;
    private readonly string _type;
    private readonly int _limit;
    private readonly string _token;

    private RuleSelection(RequestParameters parameters, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets)
    {
        _names = [.. parameters.GetAll("rule_name[]")];
        _groups = [.. parameters.GetAll("rule_group[]")];
        _files = [.. parameters.GetAll("file[]")];
        _matcherSets = matcherSets;
        _type = parameters.Get("type").ToLowerInvariant();
        if (_type is not ("" or "alert" or "record"))
        {
            throw ApiParameterException.Of("type", $"not supported value {GoQuote.Quote(_type)}");
        }

        ExcludesAlerts = ReadSwitch(parameters.Get("exclude_alerts").ToLowerInvariant());
        (_limit, _token) = ReadPaging(parameters.Get("group_limit"), parameters.Get("group_next_token"));
    }

    /// <summary>Rules are asked for without their alerts.</summary>
    public bool ExcludesAlerts { get; }

    /// <exception cref="ApiParameterException">One of them is wrong.</exception>
    public static RuleSelection Read(RequestParameters parameters, ParserOptions language)
    {
        try
        {
            return new RuleSelection(parameters, parameters.MatcherSets(language));
        }
        catch (Exception e) when (e is PromQLException or FormatException)
        {
            throw new ApiParameterException(e.Message);
        }
    }

    /// <summary>The selected rules of these groups; groups without one are left out.</summary>
    /// <exception cref="ApiParameterException">The token names none of the groups.</exception>
    public RulePage Apply(IReadOnlyList<RuleGroupView> groups)
    {
        int first = 0;
        if (_token.Length > 0)
        {
            while (first < groups.Count && TokenOf(groups[first]) != _token)
            {
                first++;
            }

            if (first == groups.Count)
            {
                throw ApiParameterException.Of("group_next_token", $"invalid group_next_token '{_token}'. were rule groups changed?");
            }
        }

        var page = new List<RuleGroupView>();
        foreach (RuleGroupView group in groups.Skip(first))
        {
            RuleGroupView selected = group with { Rules = IsSelected(group) ? [.. group.Rules.Where(IsSelected)] : [] };
            if (selected.Rules.Count == 0)
            {
                continue;
            }

            if (_limit > 0 && page.Count == _limit)
            {
                return new RulePage(page, TokenOf(group));
            }

            page.Add(selected);
        }

        return new RulePage(page, "");
    }

    private static string TokenOf(RuleGroupView group) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{group.File};{group.Name}")));

    private bool IsSelected(RuleGroupView group) =>
        (_groups.Count == 0 || _groups.Contains(group.Name)) && (_files.Count == 0 || _files.Contains(group.File));

    private bool IsSelected(RuleView rule) =>
        (_names.Count == 0 || _names.Contains(rule.Name))
        && (_type.Length == 0 || rule.IsAlerting == (_type == "alert"))
        && (_matcherSets.Count == 0 || _matcherSets.Any(set => set.All(m => m.Matches(ValueOf(rule, m.Name)))));

    private static string ValueOf(RuleView rule, string label) => rule.Labels.FirstOrDefault(l => l.Name == label).Value ?? "";

    private static bool ReadSwitch(string text) => text switch
    {
        "" or "0" or "f" or "false" => false,
        "1" or "t" or "true" => true,
        _ => throw ApiParameterException.Of(
            "exclude_alerts", $"error converting exclude_alerts: strconv.ParseBool: parsing {GoQuote.Quote(text)}: invalid syntax"),
    };

    private static (int Limit, string Token) ReadPaging(string limit, string token)
    {
        if (limit.Length == 0)
        {
            return token.Length == 0
                ? (0, "")
                : throw ApiParameterException.Of("group_next_token", "group_limit needs to be present in order to paginate over the groups");
        }

        if (!int.TryParse(limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count))
        {
            string digits = limit.TrimStart('+', '-');
            string problem = digits.Length > 0 && digits.All(char.IsAsciiDigit) ? "value out of range" : "invalid syntax";
            throw ApiParameterException.Of("group_limit", $"group_limit needs to be a valid number: strconv.ParseInt: parsing {GoQuote.Quote(limit)}: {problem}");
        }

        return count > 0 ? (count, token) : throw ApiParameterException.Of("group_limit", "group_limit needs to be greater than 0");
    }
}
