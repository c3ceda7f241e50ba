//! The kinds of mistakes, each with a code of its own.

/// How bad a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be run.
    Error,
    /// The file can be run, but something in it is probably not meant.
    Warning,
}

macro_rules! codes {
    ($($name:ident = $id:literal, $what:literal;)*) => {
        /// A kind of mistake. `E…` are errors, `W…` warnings; a code keeps its
        /// meaning from version to version.
        #[allow(rustdoc::broken_intra_doc_links, reason = "`[state]` is a table of the file")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $what] $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as printed: `E` or `W` and three digits.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }

            /// What the code stands for, in one line.
            pub fn about(self) -> &'static str {
                match self { $(Code::$name => $what,)* }
            }
        }
    };
}

codes! {
    Toml = "E001", "the file is not valid TOML";
    NotText = "E002", "the file is not UTF-8 text";
    TooLarge = "E003", "the file, a table or a count is larger than the engine takes";
    Version = "E004", "the file's format is missing or not known";
    UnknownKey = "E101", "a key that no table of this kind has";
    MissingKey = "E102", "a required key that is missing";
    WrongKind = "E103", "a value of another kind than the key takes";
    NotWhole = "E104", "a plain whole number is wanted, or one within other limits";
    BadWord = "E105", "one of a few words is wanted";
    BadName = "E106", "a name that formulas could not say";
    BadDate = "E107", "a date that does not exist or does not fit";
    NameTwice = "E108", "one name for two things";
    KeysClash = "E109", "two keys that cannot stand together";
    BadOperator = "E110", "an effect starts with an operator that is not known";
    EmptyText = "E111", "an empty text where words are wanted";
    BadText = "E112", "a text that is too long or holds control characters; a label with line ends, or marks that set the direction of text";
    BadColour = "E113", "a colour that is neither `#rrggbb` nor a name of the palette";
    FormulaSyntax = "E201", "a formula that cannot be read";
    FormulaDepth = "E202", "a formula nested too deep, or too long once its definitions are put in";
    UnknownName = "E203", "a name that nothing in the file has";
    UnknownFunction = "E204", "a function that does not exist";
    ArgumentCount = "E205", "a function with too many or too few arguments";
    TypeMismatch = "E206", "a number, flag or label where another type is wanted";
    UnknownLabel = "E207", "a label that the variable does not have";
    DrawHere = "E208", "a draw where none may stand";
    WorldHere = "E209", "the changing world read where only assumptions and traits may be";
    Cycle = "E210", "names that need each other";
    UnknownHappening = "E211", "an event, bargain, action or calendar entry that does not exist";
    NotProposal = "E212", "accepted() of something that asks for no consent";
    NotFinite = "E213", "a constant formula without a finite value, or a division by a constant zero";
    BadParameters = "E214", "a draw whose constant parameters make no distribution";
    LabelAlone = "E215", "labels used in arithmetic or compared by size";
    NeedsDates = "E216", "a date where the scenario has no start or step";
    ClampBounds = "E217", "a clamp whose constant bounds are swapped";
    RangeOrder = "E301", "a range whose ends are swapped or equal";
    OutsideRange = "E302", "a constant outside the range of its variable";
    NotChance = "E303", "a constant chance outside 0 to 1";
    ChanceSum = "E304", "branch chances that add to more than one";
    TwoRests = "E305", "more than one branch without a chance of its own";
    SetTwice = "E306", "one variable in both the effects and a branch";
    ActionChance = "E307", "an action's chance that is not a list of branches";
    LabelRange = "E308", "a range on a label or a flag";
    LabelSet = "E309", "labels that are missing, repeated or not wanted";
    ZeroWeights = "E310", "weights that are all zero";
    NegativeNumber = "E311", "a number that must not be negative";
    WantForm = "E312", "a want that is neither best/worst nor ideal/reach";
    WantEnds = "E313", "best and worst are equal";
    NotPositive = "E314", "a number that must be above zero";
    NotShare = "E315", "a number that must lie between 0 and 1";
    MenuItems = "E316", "a menu with too few or too many items, or with one twice";
    BargainRange = "E317", "a bargain over a variable without a range";
    MixedRanks = "E318", "wants of one actor of which some have a rank and others do not";
    RateSum = "E319", "probabilities of outcomes that do not add up to 1";
    UnknownActor = "E401", "an actor that does not exist";
    UnknownAction = "E402", "an action that does not exist";
    ConsentRule = "E403", "a consent rule that cannot be applied";
    VoterTwice = "E404", "one voter named twice";
    ForceWindow = "E405", "a window that ends before it starts";
    ForbidForced = "E406", "one action both forced and forbidden";
    UnknownPath = "E407", "a path that leads to nothing";
    PathNotValue = "E408", "a path to a table, or to something that cannot be replaced";
    UnknownOutcome = "E409", "an outcome that does not exist";
    UnknownState = "E410", "a variable that [state] does not have";
    UnknownPolicy = "E411", "a policy or world that does not exist";
    PriorOfNothing = "E412", "\"prior\" of something that is not drawn once per trial";
    UnknownItem = "E413", "an item that the menu of an action does not have";
    BargainParty = "E414", "an actor who cannot bargain: named twice, or without a position, a salience or a power";
    RecordTime = "E416", "a time of a record that is outside the run or after its `until`";
    RecordTwice = "E417", "two entries of a record for one turn or happening of a step";
    UnknownBranch = "E418", "a branch that an event or action does not have";
    CorrelationKey = "E501", "a correlation that does not name two assumptions";
    CorrelationValue = "E502", "a rank correlation outside -1 to 1";
    CorrelationTwice = "E503", "a pair correlated twice, or with itself";
    CorrelationDraw = "E504", "a correlation of something that is not one single draw";
    CorrelationMatrix = "E505", "a correlation matrix that cannot exist";
    UnusedAssumption = "W001", "an assumption that nothing reads";
    UnusedDefine = "W002", "a definition that nothing reads";
    OutsideRun = "W003", "a calendar entry outside the run";
    NoOutcomes = "W004", "no outcomes, so every trial ends unresolved";
    SetByBoth = "W005", "a world and a policy that set the same path";
    NoWants = "W006", "an actor that wants nothing";
    SameName = "W007", "one word for an event and for a value";
    ForceOutside = "W008", "a window outside the run";
    BeliefIdle = "W009", "a belief that can change nothing";
    CorrelationLoose = "W010", "a correlation that holds only roughly";
    ConstantWhen = "W011", "a condition that is always false";
    IdlePatience = "W012", "a patience that weighs nothing";
    UnusedMenuName = "W013", "a name of a menu that nothing reads";
    ClosedMenuValue = "W014", "a value of a menu with which the action is never open";
    OutsidePosition = "W015", "a constant position outside the range of a bargain's variable";
}

impl Code {
    /// Whether the kind is an error or a warning.
    pub fn severity(self) -> Severity {
        if self.id().starts_with('W') { Severity::Warning } else { Severity::Error }
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_has_a_number_of_its_own() {
        let mut ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Code::ALL.len());
    }
}
