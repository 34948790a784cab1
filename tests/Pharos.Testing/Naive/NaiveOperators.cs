using Pharos.Core.Labels;
using Pharos.Testing.Queries;

namespace Pharos.Testing.Naive;

/// <summary>Binary operators.</summary>
internal static class NaiveOperators
{
    public static double OfScalars(BinaryTerm term, double left, double right) =>
        term.IsComparison ? (Holds(term.Operator, left, right) ? 1 : 0) : Compute(term.Operator, left, right);

    public static List<Element> OfScalarLeft(BinaryTerm term, double left, List<Element> right) =>
        [.. right.SelectMany(e => Combine(term, left, e.Value, e.Value, e.Labels))];

    public static List<Element> OfScalarRight(BinaryTerm term, List<Element> left, double right) =>
        [.. left.SelectMany(e => Combine(term, e.Value, right, e.Value, e.Labels))];

    public static List<Element> OfVectors(BinaryTerm term, List<Element> left, List<Element> right)
    {
        if (term.IsSet)
        {
            return OfSets(term, left, right);
        }

        if (left.Count == 0 || right.Count == 0)
        {
            return [];
        }

        bool swapped = term.Group == "group_right";
        Dictionary<Labels, Element> ones = ByKey(term, swapped ? left : right);
        var result = new List<Element>();
        var taken = new HashSet<Labels>();
        foreach (Element many in swapped ? right : left)
        {
            if (ones.TryGetValue(KeyOf(term, many.Labels), out Element one))
            {
                Labels labels = LabelsOf(term, many.Labels, one.Labels);
                if (!taken.Add(term.Group.Length > 0 ? labels : KeyOf(term, many.Labels)))
                {
                    throw new NaiveFailureException($"{term}: more than one match, even where the comparison does not hold");
                }

                (double x, double y) = swapped ? (one.Value, many.Value) : (many.Value, one.Value);
                result.AddRange(Combine(term, x, y, x, labels));
            }
        }

        return result;
    }

    private static List<Element> OfSets(BinaryTerm term, List<Element> left, List<Element> right)
    {
        HashSet<Labels> leftKeys = [.. left.Select(e => KeyOf(term, e.Labels))];
        HashSet<Labels> rightKeys = [.. right.Select(e => KeyOf(term, e.Labels))];
        return term.Operator switch
        {
            "and" => left.FindAll(e => rightKeys.Contains(KeyOf(term, e.Labels))),
            "unless" => left.FindAll(e => !rightKeys.Contains(KeyOf(term, e.Labels))),
            _ => [.. left, .. right.FindAll(e => !leftKeys.Contains(KeyOf(term, e.Labels)))],
        };
    }

    private static Dictionary<Labels, Element> ByKey(BinaryTerm term, List<Element> elements)
    {
        var byKey = new Dictionary<Labels, Element>();
        foreach (Element element in elements)
        {
            if (!byKey.TryAdd(KeyOf(term, element.Labels), element))
            {
                throw new NaiveFailureException($"{term}: two series on the one side of a match");
            }
        }

        return byKey;
    }

    private static Labels KeyOf(BinaryTerm term, Labels labels) =>
        term.IsOn ? NaiveLabels.Keep(labels, term.Matching!) : NaiveLabels.Drop(labels, [.. term.Matching ?? [], Label.MetricName]);

    private static Labels LabelsOf(BinaryTerm term, Labels many, Labels one)
    {
        if (term.Group.Length == 0)
        {
            return term.IsOn ? NaiveLabels.Keep(many, term.Matching!) : NaiveLabels.Drop(many, term.Matching ?? []);
        }

        var builder = new LabelsBuilder(many);
        foreach (string name in term.Include ?? [])
        {
            builder.Set(name, one[name]);
        }

        return builder.ToLabels();
    }

    /// <summary>One element, or none where a comparison does not hold. A comparison keeps a value and the name unless it says <c>bool</c>.</summary>
    private static IEnumerable<Element> Combine(BinaryTerm term, double left, double right, double kept, Labels labels)
    {
        if (!term.IsComparison)
        {
            return [new Element(NaiveLabels.DropName(labels), Compute(term.Operator, left, right))];
        }

        bool holds = Holds(term.Operator, left, right);
        return term.IsBool ? [new Element(NaiveLabels.DropName(labels), holds ? 1 : 0)] : holds ? [new Element(labels, kept)] : [];
    }

    private static bool Holds(string comparison, double left, double right)
    {
        Rounding.MustDecide(left, right);
        return comparison switch
        {
            "==" => left == right,
            "!=" => left != right,
            ">" => left > right,
            "<" => left < right,
            ">=" => left >= right,
            _ => left <= right,
        };
    }

    private static double Compute(string name, double left, double right)
    {
        switch (name)
        {
            case "+":
                return left + right;
            case "-":
                return left - right;
            case "*":
                return left * right;
            case "/":
                Rounding.MustDecide(right, 0);
                return left / right;
            case "%":
                Rounding.MustDecideWhole(left / right);
                MustBeExact(left);
                MustBeExact(right);
                return left % right;
            case "^":
                Rounding.MustDecide(left, 0);
                Rounding.MustDecideWhole(right);
                return Math.Pow(left, right);
            default:
                Rounding.MustDecide(left, 0);
                Rounding.MustDecide(right, 0);
                return Math.Atan2(left, right);
        }
    }

    // A remainder jumps from nothing to the whole divisor on the last bit of a quotient.
    private static void MustBeExact(double x)
    {
        if (double.IsFinite(x) && !Rounding.IsExact(x))
        {
            throw new UndecidedException($"a remainder of {x:R}");
        }
    }
}
