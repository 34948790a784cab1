using Pharos.Config;
using Pharos.PromQL.Syntax;
using Pharos.Rules.Files;
using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>A configuration with the rule files that it names: any error in one of them refuses the whole.</summary>
internal sealed class RuleCheckedSource : IConfigSource
{
    private readonly IConfigSource _inner;
    private readonly ParserOptions _language;

    /// <param name="inner">The configuration itself.</param>
    /// <param name="language">What expressions may have.</param>
    public RuleCheckedSource(IConfigSource inner, ParserOptions language)
    {
        _inner = inner;
        _language = language;
    }

    public string Name => _inner.Name;

    public IReadOnlyList<string> Files(PrometheusConfig current) => _inner.Files(current);

    public PrometheusConfig Load()
    {
        PrometheusConfig config = _inner.Load();
        var warnings = new List<ConfigWarning>();
        var options = new RuleFileOptions { NameValidation = config.Global.Scrape.NameValidation, Expressions = _language };
        return config with
        {
            Rules = RuleFileReader.LoadAll(config.RuleFiles, options, warnings),
            Warnings = [.. config.Warnings, .. warnings],
        };
    }
}
