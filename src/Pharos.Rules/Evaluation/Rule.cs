using Pharos.Core.Labels;
using Pharos.Rules.Files;
using Pharos.Rules.Views;

namespace Pharos.Rules.Evaluation;

/// <summary>A rule of a group. Evaluated by the group's loop only; looked at from any thread.</summary>
internal abstract class Rule
{
    private volatile RuleConfig _config;
    private volatile RuleOutcome _outcome = RuleOutcome.None;

    /// <param name="config">The rule as its file has it.</param>
    /// <param name="labels">Those of the group and, over them, of the rule; sorted by name, values may be empty.</param>
    protected Rule(RuleConfig config, IReadOnlyList<Label> labels)
    {
        _config = config;
        Labels = labels;
        Query = config.Expr.ToString();
        Identity = RuleLabels.Identity(config.Name, labels);
    }

    public RuleConfig Config => _config;

    public IReadOnlyList<Label> Labels { get; }

    /// <summary>The expression in upstream's canonical form.</summary>
    public string Query { get; }

    /// <summary>By which a rule is found again after a reload: its name and labels.</summary>
    public string Identity { get; }

    public RuleOutcome Outcome
    {
        get => _outcome;
        set => _outcome = value;
    }

    /// <summary>Takes a configuration that says the same, at another place of the file.</summary>
    public void Move(RuleConfig same) => _config = same;

    /// <summary>What the rule gives now.</summary>
    /// <exception cref="PromQL.QueryException">The expression cannot be evaluated.</exception>
    /// <exception cref="RuleEvaluationException">Its result cannot be used.</exception>
    public abstract ValueTask<List<RuleSample>> EvaluateAsync(RuleMoment moment, CancellationToken cancellationToken);

    public abstract RuleView View();

    protected RuleView View(AlertState state, IReadOnlyList<AlertView> alerts)
    {
        RuleConfig config = _config;
        RuleOutcome outcome = _outcome;
        return new RuleView
        {
            Name = config.Name,
            IsAlerting = config.IsAlerting,
            Position = config.Position,
            ExprText = config.ExprText,
            Query = Query,
            Expr = config.Expr,
            For = config.For,
            KeepFiringFor = config.KeepFiringFor,
            Labels = Labels,
            Annotations = [.. config.Annotations.Select(static a => new Label(a.Key, a.Value)).OrderBy(static a => a.Name, Utf8Ordinal.Comparer)],
            Health = outcome.Health,
            LastError = outcome.Error,
            EvaluationDuration = outcome.Duration,
            LastEvaluation = outcome.StartedAt,
            State = state,
            Alerts = alerts,
        };
    }
}
