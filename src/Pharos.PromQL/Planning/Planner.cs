using System.Diagnostics;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>Makes the logical plan of one query: resolves times, folds constants, joins equal subtrees.</summary>
internal sealed class Planner
{
    private const int MaxSteps = 10_000_000;

    private readonly QueryWindow _window;
    private readonly EngineOptions _options;
    private readonly DurationResolver _durations;
    private readonly Dictionary<Expr, PlanNode>? _planOf;
    private readonly StepInvariance _invariance = new();
    private readonly Dictionary<string, PlanNode> _nodes = new(StringComparer.Ordinal);
    private HistogramNeed _histogramNeed;

    /// <summary>A planner of one query.</summary>
    /// <param name="window">The times that are asked for.</param>
    /// <param name="options">What is switched on.</param>
    /// <param name="planOf">Takes the node of each expression, for who wants to know; parentheses have none.</param>
    public Planner(QueryWindow window, EngineOptions options, Dictionary<Expr, PlanNode>? planOf = null)
    {
        _planOf = planOf;
        _window = window;
        _options = options;
        _durations = new DurationResolver(window);
    }

    /// <summary>The plan of a whole query.</summary>
    /// <exception cref="QueryException">The query asks for what is switched off, not built, or no duration.</exception>
    public PlanNode Plan(Expr expression)
    {
        Int128 steps = _window.End < _window.Start ? 0 : _window.IsInstant ? 1 : (((Int128)_window.End - _window.Start) / _window.StepMs) + 1;
        PlanNode root = Plan(expression, new StepTimes(_window.Start, Math.Max(1, _window.StepMs), CheckedSteps(steps)));
        root.Uses++;
        return root;
    }

    private PlanNode Plan(Expr expression, StepTimes grid)
    {
        expression = StepInvariance.Unwrap(expression);
        PlanNode plan = PlanOrRepeat(expression, grid);
        _planOf?.Add(expression, plan);
        return plan;
    }

    private PlanNode PlanOrRepeat(Expr expression, StepTimes grid)
    {
        bool wraps = expression.Type is ExprType.Vector or ExprType.Scalar && expression is not NumberLiteral;
        if (grid.Count > 1 && wraps && _invariance.Holds(expression))
        {
            PlanNode inner = PlanNodeOf(expression, grid with { Count = 1 });
            return inner is NumberPlan number
                ? Number(number.Value, expression, grid)
                : Share(new InvariantPlan(inner) { Grid = grid, Position = expression.Position }, inner);
        }

        return PlanNodeOf(expression, grid);
    }

    private PlanNode PlanNodeOf(Expr expression, StepTimes grid)
    {
        HistogramNeed outside = _histogramNeed;
        _histogramNeed = outside.Within(expression);
        PlanNode node = Dispatch(expression, grid);
        _histogramNeed = outside;
        return node;
    }

    private PlanNode Dispatch(Expr expression, StepTimes grid) => expression switch
    {
        NumberLiteral number => Number(number.Value, expression, grid),
        StringLiteral text => Share(new StringPlan(text) { Grid = grid, Position = expression.Position }),
        UnaryExpr unary => PlanUnary(unary, grid),
        BinaryExpr binary => PlanBinary(binary, grid),
        AggregateExpr aggregate => PlanAggregate(aggregate, grid),
        VectorSelector selector => PlanSelector(selector, grid, SampleField.Value, selector.Position),
        MatrixSelector or SubqueryExpr => PlanRange(expression, grid),
        Call call => PlanCall(call, grid),
        _ => throw new UnreachableException($"expression {expression.GetType()}"),
    };

    private PlanNode Number(double value, Expr expression, StepTimes grid) => Share(new NumberPlan(value) { Grid = grid, Position = expression.Position });

    private PlanNode PlanUnary(UnaryExpr unary, StepTimes grid)
    {
        PlanNode operand = Plan(unary.Operand, grid);
        if (unary.Op == UnaryOp.Plus)
        {
            return operand;
        }

        return Combine(BinaryOp.Mul, operand, Number(-1, unary, grid), returnBool: false, unary, grid);
    }

    private PlanNode PlanBinary(BinaryExpr binary, StepTimes grid)
    {
        PlanNode left = Plan(binary.Left, grid);
        PlanNode right = Plan(binary.Right, grid);
        if (left.Type == ExprType.Vector && right.Type == ExprType.Vector)
        {
            return Share(
                new VectorBinaryPlan
                {
                    Grid = grid,
                    Position = binary.Position,
                    Op = binary.Op,
                    Left = left,
                    Right = right,
                    Matching = binary.Matching!,
                    ReturnBool = binary.ReturnBool,
                },
                left,
                right);
        }

        return Combine(binary.Op, left, right, binary.ReturnBool, binary, grid);
    }

    // At least one side is a scalar.
    private PlanNode Combine(BinaryOp op, PlanNode left, PlanNode right, bool returnBool, Expr expression, StepTimes grid)
    {
        if (left.Type == ExprType.Scalar && right.Type == ExprType.Scalar)
        {
            return CombineScalars(op, left, right, expression, grid);
        }

        bool isScalarLeft = left.Type == ExprType.Scalar;
        return Share(
            new VectorScalarPlan
            {
                Grid = grid,
                Position = expression.Position,
                Op = op,
                Vector = isScalarLeft ? right : left,
                Scalar = isScalarLeft ? left : right,
                IsScalarLeft = isScalarLeft,
                ReturnBool = returnBool,
                IsNegation = expression is UnaryExpr,
            },
            left,
            right);
    }

    private PlanNode CombineScalars(BinaryOp op, PlanNode left, PlanNode right, Expr expression, StepTimes grid)
    {
        if (op is BinaryOp.TrimLower or BinaryOp.TrimUpper)
        {
            throw QueryException.Execution($"operator \"{op.Text()}\" not allowed for Scalar operations");
        }

        Arithmetic arithmetic = op.ToArithmetic();
        if (left is not NumberPlan a || right is not NumberPlan b)
        {
            return Share(new ScalarBinaryPlan(arithmetic, left, right) { Grid = grid, Position = expression.Position }, left, right);
        }

        return BinaryArithmetic.IsComparison(arithmetic)
            ? Number(BinaryArithmetic.Test(arithmetic, a.Value, b.Value) ? 1 : 0, expression, grid)
            : Number(BinaryArithmetic.Compute(arithmetic, a.Value, b.Value), expression, grid);
    }

    private PlanNode PlanAggregate(AggregateExpr aggregate, StepTimes grid)
    {
        PlanNode inner = Plan(aggregate.Inner, grid);
        PlanNode? parameter = aggregate.Parameter is null ? null : Plan(aggregate.Parameter, grid);
        var plan = new AggregatePlan
        {
            Grid = grid,
            Position = aggregate.Position,
            Op = aggregate.Op,
            Inner = inner,
            InnerPosition = StepInvariance.Unwrap(aggregate.Inner).Position,
            Parameter = parameter,
            ParameterPosition = aggregate.Parameter is null ? default : StepInvariance.Unwrap(aggregate.Parameter).Position,
            Grouping = aggregate.Grouping,
            Without = aggregate.Without,
        };
        return parameter is null ? Share(plan, inner) : Share(plan, inner, parameter);
    }

    private PlanNode PlanCall(Call call, StepTimes grid)
    {
        string name = call.Function.Name;
        if (QueryConstant(name) is { } constant)
        {
            return Number(constant, call, grid);
        }

        if (name == "info")
        {
            return PlanInfo(call, grid);
        }

        if ((name == "timestamp" || (name == "start_timestamp" && _options.UseStartTimestamps)) && StepInvariance.Unwrap(call.Arguments[0]) is VectorSelector selector)
        {
            return PlanSelector(selector, grid, name == "timestamp" ? SampleField.Time : SampleField.StartTime, call.Position);
        }

        Expr[] written = [.. call.Arguments.Select(StepInvariance.Unwrap)];
        PlanNode[] arguments = [.. call.Arguments.Select(argument => Plan(argument, grid))];
        if (Array.FindIndex(arguments, static a => a is RangePlan) is >= 0 and int at)
        {
            return Share(
                new RangeCallPlan
                {
                    Grid = grid,
                    Position = call.Position,
                    Function = name,
                    Source = (RangePlan)arguments[at],
                    SourcePosition = written[at].Position,
                    Arguments = [.. arguments.Where(static a => a is not RangePlan)],
                    ArgumentPositions = [.. written.Where((_, i) => i != at).Select(static a => a.Position)],
                },
                arguments);
        }

        PlanNode plan = call.Type == ExprType.Scalar
            ? new ScalarCallPlan(name, arguments) { Grid = grid, Position = call.Position }
            : new CallPlan { Grid = grid, Position = call.Position, Function = name, Arguments = arguments, Written = written };
        return Share(plan, arguments);
    }

    // The info series are those of the time at which the first selector of the operand looks, whatever the step.
    private PlanNode PlanInfo(Call call, StepTimes grid)
    {
        PlanNode inner = Plan(call.Arguments[0], grid);
        (long? at, long offset) = TimeOfFirstSelector(call.Arguments[0]) ?? (null, 0);
        return Share(
            new InfoPlan
            {
                Grid = grid,
                Position = call.Position,
                Inner = inner,
                Matchers = call.Arguments.Count > 1 ? ((VectorSelector)call.Arguments[1]).Matchers : null,
                Times = at is { } time ? new StepTimes(StepTimes.Earlier(time, offset), 0, grid.Count) : grid.Before(offset),
            },
            inner);
    }

    // The innermost @ holds; offsets add up until then.
    private (long? At, long Offset)? TimeOfFirstSelector(Expr expression)
    {
        if (expression is VectorSelector selector)
        {
            return (AtOf(selector), OffsetOf(selector));
        }

        foreach (Expr child in expression.Children)
        {
            if (TimeOfFirstSelector(child) is { } found)
            {
                return found.At is null && expression is SubqueryExpr subquery ? (AtOf(subquery), found.Offset + OffsetOf(subquery)) : found;
            }
        }

        return null;
    }

    private double? QueryConstant(string function) => function switch
    {
        "start" => _window.Start / 1000.0,
        "end" => _window.End / 1000.0,
        "range" => _window.RangeSeconds,
        "step" => _window.Start == _window.End ? 0 : _window.StepMs / 1000.0,
        "pi" => Math.PI,
        _ => null,
    };

    private PlanNode PlanSelector(VectorSelector selector, StepTimes grid, SampleField field, PositionRange position) => Share(new SelectorPlan
    {
        Grid = grid,
        Position = position,
        Matchers = selector.Matchers,
        Times = Shift(selector, grid),
        IsSmoothed = selector.Smoothed,
        WantsStatistics = _histogramNeed == HistogramNeed.Statistics,
        Field = field,
    });

    private PlanNode PlanRange(Expr expression, StepTimes grid)
    {
        if (expression is MatrixSelector matrix)
        {
            return Share(new RawRangePlan
            {
                Grid = grid,
                Position = matrix.Position,
                Matchers = matrix.Selector.Matchers,
                Times = Shift(matrix.Selector, grid),
                Range = _durations.Milliseconds(matrix.RangeNanoseconds, matrix.RangeExpr, mayBeNegative: false),
                IsAnchored = matrix.Selector.Anchored,
                IsSmoothed = matrix.Selector.Smoothed,
                WantsStatistics = _histogramNeed == HistogramNeed.Statistics,
            });
        }

        var subquery = (SubqueryExpr)expression;
        StepTimes times = Shift(subquery, grid);
        long range = _durations.Milliseconds(subquery.RangeNanoseconds, subquery.RangeExpr, mayBeNegative: false);
        long step = _durations.Milliseconds(subquery.StepNanoseconds, subquery.StepExpr, mayBeNegative: false);
        PlanNode inner = Plan(subquery.Inner, InnerGrid(times, range, step == 0 ? (long)_options.DefaultSubqueryStep.TotalMilliseconds : step));
        return Share(new SubqueryPlan { Grid = grid, Position = subquery.Position, Times = times, Range = range, Inner = inner }, inner);
    }

    // The inner steps are the multiples of the step that lie in any window; they do not depend on where the outer query begins.
    private StepTimes InnerGrid(StepTimes times, long range, long step)
    {
        long left = StepTimes.Earlier(times.Start, range);
        Int128 start = (Int128)step * (left / step);
        if (start <= left)
        {
            start += step;
        }

        Int128 count = times.Count == 0 || times.End < start ? 0 : ((times.End - start) / step) + 1;
        return new StepTimes(count == 0 ? times.Start : (long)start, step, CheckedSteps(count));
    }

    private StepTimes Shift(TimeShiftedExpr shifted, StepTimes grid)
    {
        long offset = OffsetOf(shifted);
        long? at = AtOf(shifted);
        if (at is not null && !_options.EnableAtModifier)
        {
            throw new QueryException(QueryErrorKind.BadData, "@ modifier is disabled");
        }

        if (offset < 0 && !_options.EnableNegativeOffset)
        {
            throw new QueryException(QueryErrorKind.BadData, "negative offset is disabled");
        }

        return at is { } time ? new StepTimes(time - offset, 0, grid.Count) : grid.Before(offset);
    }

    private long OffsetOf(TimeShiftedExpr shifted) => _durations.Milliseconds(shifted.OffsetNanoseconds, shifted.OffsetExpr, mayBeNegative: true);

    private long? AtOf(TimeShiftedExpr shifted) => shifted.StartOrEnd switch
    {
        AtModifier.Start => _window.Start,
        AtModifier.End => _window.End,
        _ => shifted.Timestamp,
    };

    // A row has a place for every step, so their number is bounded before anything is evaluated.
    private static int CheckedSteps(Int128 steps) => steps <= MaxSteps ? (int)steps : throw QueryLimits.TooManySteps(steps, MaxSteps);

    private PlanNode Share(PlanNode node, params ReadOnlySpan<PlanNode> operands)
    {
        string key = $"{node.Type} {node.Grid} {node.Key}";
        if (_nodes.TryGetValue(key, out PlanNode? known))
        {
            known.MoveTo(node);
            return known;
        }

        foreach (PlanNode operand in operands)
        {
            operand.Uses++;
        }

        if (node is AggregatePlan { IsFold: true } fold)
        {
            fold.Inner.FoldUses++;
        }

        node.Id = _nodes.Count;
        _nodes.Add(key, node);
        return node;
    }
}
