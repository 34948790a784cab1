using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Parsing;

namespace Pharos.PromQL.Syntax.Series;

/// <summary>The labels of a series: <c>name{a="b"}</c>, <c>{"any name", a="b"}</c>, <c>{}</c> or nothing.</summary>
internal sealed class MetricParser(TokenStream tokens)
{
    private const string Context = "label set";

    /// <summary>Null means unwind.</summary>
    public Labels? Parse()
    {
        var labels = new LabelsBuilder();
        string? name = tokens.Kind.IsMetricName() ? tokens.StringOf(tokens.Take()) : null;
        if (tokens.Kind == TokenKind.LeftBrace && !TryParseBraces(labels))
        {
            return null;
        }

        if (name is not null)
        {
            labels.Set(Label.MetricName, name);
        }

        return labels.ToLabels();
    }

    private bool TryParseBraces(LabelsBuilder labels)
    {
        tokens.Take();
        if (tokens.Kind != TokenKind.RightBrace)
        {
            ParseLabel(labels);
        }

        while (!tokens.IsAborted)
        {
            if (tokens.TryTake(TokenKind.RightBrace))
            {
                return true;
            }

            if (!tokens.TryTake(TokenKind.Comma))
            {
                tokens.RecoverHere(Context, "\",\" or \"}\"");
            }
            else if (tokens.Kind != TokenKind.RightBrace)
            {
                ParseLabel(labels);
            }
        }

        return false;
    }

    // Answers errors itself: the label is left out then.
    private void ParseLabel(LabelsBuilder labels)
    {
        while (tokens.Kind is not (TokenKind.Identifier or TokenKind.String))
        {
            if (!tokens.RecoverHere(Context, "identifier or \"}\""))
            {
                return;
            }
        }

        Token label = tokens.Take();
        bool isQuoted = label.Kind == TokenKind.String;
        string name = isQuoted ? tokens.UnquoteToString(label) : tokens.StringOf(label);
        while (!tokens.TryTake(TokenKind.Equal))
        {
            if (isQuoted)
            {
                labels.Set(Label.MetricName, name);
                return;
            }

            if (!tokens.RecoverHere(Context, "\"=\""))
            {
                return;
            }
        }

        while (tokens.Kind != TokenKind.String)
        {
            if (!tokens.RecoverHere(Context, "string"))
            {
                return;
            }
        }

        labels.Set(name, tokens.UnquoteToString(tokens.Take()));
    }
}
