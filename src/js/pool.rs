//! Memory for the parts. A call makes a hundred small things and drops them all, so each size has a list of places that are
//! free: to take one and to give it back are a few instructions, where the allocator of the standard library searches.
//!
//! What is large goes to that one. A place that was small once is kept for the next of its size, never given back: the parts
//! hold little between calls. WebAssembly as we build it has one thread.
#![expect(
    unsafe_code,
    reason = "an allocator can be told to the compiler in no other way; all of it stands here"
)]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::ptr::{NonNull, copy_nonoverlapping, null_mut};
use std::alloc::System;

/// Sizes are counted in so many bytes; every place is aligned to them.
const GRAIN: usize = 16;
/// The largest size that is kept in a list.
const LARGEST: usize = 512;
const LISTS: usize = LARGEST / GRAIN;
/// So much is taken from the standard library at once.
const SLAB: usize = 16 * 1024;

/// A place that is free, and the next one.
struct Free(Option<NonNull<Free>>);

struct Pool {
    lists: [Cell<Option<NonNull<Free>>>; LISTS],
    /// What is left of the last slab: where it begins, and how long it is.
    slab: Cell<(*mut u8, usize)>,
}

#[cfg(target_feature = "atomics")]
compile_error!("the pool is for one thread");

// SAFETY: there is one thread.
unsafe impl Sync for Pool {}

#[global_allocator]
static POOL: Pool = Pool {
    lists: [const { Cell::new(None) }; LISTS],
    slab: Cell::new((null_mut(), 0)),
};

impl Pool {
    /// The list of places of this size; `None` for what is large.
    fn list(&self, layout: Layout) -> Option<(&Cell<Option<NonNull<Free>>>, usize)> {
        let index = layout.size().saturating_sub(1) / GRAIN;
        let list = self.lists.get(index)?;
        (layout.align() <= GRAIN).then_some((list, (index + 1) * GRAIN))
    }

    /// A place that was never used, cut from the slab.
    fn cut(&self, size: usize) -> *mut u8 {
        let (mut start, mut left) = self.slab.get();
        if left < size {
            // SAFETY: neither is zero, and the alignment is a power of two.
            start = unsafe { System.alloc(Layout::from_size_align_unchecked(SLAB, GRAIN)) };
            if start.is_null() {
                return start;
            }
            left = SLAB;
        }
        // SAFETY: the slab has that much left.
        self.slab.set((unsafe { start.add(size) }, left - size));
        start
    }
}

// SAFETY: a place is in one list or in use, never both; it is as large as its list says, and aligned to the grain.
unsafe impl GlobalAlloc for Pool {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some((list, size)) = self.list(layout) else {
            // SAFETY: as the caller promised.
            return unsafe { System.alloc(layout) };
        };
        match list.get() {
            Some(free) => {
                // SAFETY: what stands in a list was written by `dealloc`.
                list.set(unsafe { free.as_ref() }.0);
                free.as_ptr().cast()
            }
            None => self.cut(size),
        }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        let (Some((list, _)), Some(free)) = (self.list(layout), NonNull::new(place.cast::<Free>()))
        else {
            // SAFETY: as the caller promised.
            return unsafe { System.dealloc(place, layout) };
        };
        // SAFETY: every place has room for a pointer, and nobody uses this one any more.
        unsafe { free.write(Free(list.get())) };
        list.set(Some(free));
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as the caller promised.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (self.list(layout), self.list(wanted)) {
            // SAFETY: both are of the standard library.
            (None, None) => unsafe { System.realloc(place, layout, size) },
            (Some((_, had)), Some((_, wants))) if had == wants => place,
            _ => {
                // SAFETY: the two do not overlap, and each has the length that is copied.
                unsafe {
                    let moved = self.alloc(wanted);
                    if !moved.is_null() {
                        copy_nonoverlapping(place, moved, layout.size().min(size));
                        self.dealloc(place, layout);
                    }
                    moved
                }
            }
        }
    }
}
