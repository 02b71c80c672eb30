//! Nearness of two spellings, by which a typing error is noticed.

/// The number of letters that are missing, too many or other ones, in the shortest way from one word to the other; two
/// neighbours that change places count as one. Of words longer than 100 letters the rest is not looked at.
pub fn distance(one: &str, other: &str) -> usize {
    const LETTERS_MAX: usize = 100;
    let [one, other]: [Vec<char>; 2] = [one, other].map(|word| word.chars().take(LETTERS_MAX).collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for (place, found) in other.iter().enumerate() {
            let replaced = above[place] + usize::from(letter != found);
            let swapped = row > 0 && place > 0 && *letter == other[place - 1] && one[row - 1] == *found;
            let swapped = if swapped { before[place - 1] + 1 } else { replaced };
            line.push(replaced.min(swapped).min(above[place + 1] + 1).min(line[place] + 1));
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_the_number_of_letters_that_differ() {
        for (one, other, expected) in [
            ("", "", 0),
            ("museum", "museum", 0),
            ("musem", "museum", 1),
            ("musuem", "museum", 1),
            ("muzeums", "museum", 2),
            ("", "museum", 6),
            ("law", "museum", 6),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }
}
